package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * All that the guard needs and that is private to a JDK: the work queues of the scheduler of virtual threads,
 * what each carrier has mounted, and the pool's own way to wake a carrier.
 *
 * <p>Fields are read through {@code jdk.internal.misc.Unsafe} behind method handles in static finals, as in
 * {@link io.tpool.internal.jdk.VirtualThreads}, of which this class is independent. The packages {@code java.lang},
 * {@code java.util.concurrent} and {@code jdk.internal.misc} of {@code java.base} must be open to this class.
 * Initialising this class initialises the scheduler. Where {@link #problem} is not null nothing else may be
 * called.
 *
 * <p>Held for JDK 21 to 28.
 *
 * @since 1.0
 */
public final class SchedulerAccess {
    /** What {@link #activity} returns where it cannot tell. */
    public static final long UNKNOWN_ACTIVITY = Long.MIN_VALUE;

    private static final Runnable NOTHING = () -> { };

    private static final ForkJoinPool POOL;
    private static final MethodHandle GET_REFERENCE;
    private static final MethodHandle GET_INT;
    private static final MethodHandle GET_BOOLEAN;
    private static final MethodHandle GET_LONG;
    private static final MethodHandle COMPARE_AND_SET_INT;
    private static final MethodHandle SIGNAL_WORK;
    private static final MethodHandle STACK_OF_MOUNTED;
    private static final MethodHandle POLL;
    private static final long QUEUES;
    private static final long OWNER;
    private static final long BASE;
    private static final long TOP;
    private static final long STEALS;
    private static final long CONTINUATION;
    private static final long PARALLELISM;
    private static final long CONTROL;
    private static final long COMPENSATING;
    private static final int COMPENSATED;
    private static final boolean COMPENSATING_IS_BOOLEAN;
    private static final long TARGET;
    private static final Class<?> TARGET_TYPE;
    private static final long VIRTUAL_THREAD;
    private static final Class<?> LINKER;
    private static final MethodHandle SHOULD_BE_INITIALIZED;
    private static final boolean NONE;
    private static final String PROBLEM;

    static {
        SchedulerInternals found = new SchedulerInternals();
        PROBLEM = found.find();
        POOL = found.pool;
        GET_REFERENCE = found.getReference;
        GET_INT = found.getInt;
        GET_BOOLEAN = found.getBoolean;
        GET_LONG = found.getLong;
        COMPARE_AND_SET_INT = found.compareAndSetInt;
        SIGNAL_WORK = found.signalWork;
        STACK_OF_MOUNTED = found.stackOfMounted;
        POLL = found.poll;
        QUEUES = found.queues;
        OWNER = found.owner;
        BASE = found.base;
        TOP = found.top;
        STEALS = found.steals;
        CONTINUATION = found.continuation;
        PARALLELISM = found.parallelism;
        CONTROL = found.control;
        COMPENSATING = found.compensating;
        COMPENSATED = found.compensated;
        COMPENSATING_IS_BOOLEAN = found.compensatingIsBoolean;
        TARGET = found.target;
        TARGET_TYPE = found.targetType;
        VIRTUAL_THREAD = found.virtualThread;
        LINKER = found.linker;
        SHOULD_BE_INITIALIZED = found.shouldBeInitialized;
        NONE = found.none;
    }

    private SchedulerAccess() {
    }

    /**
     * Says why the scheduler cannot be looked at.
     *
     * @return one line without a full stop, or null
     */
    public static String problem() {
        return PROBLEM;
    }

    /**
     * Tells whether there is a scheduler at all that could be looked at by other means.
     *
     * @return false if virtual threads are bound to platform threads, or have a scheduler that is not the JDK's
     */
    public static boolean isSchedulerKnown() {
        return !NONE;
    }

    /**
     * Tells whether the JVM may have called native code through {@code java.lang.foreign}.
     *
     * @return false if its linker has not been used
     */
    public static boolean mayMakeDowncalls() {
        try {
            return LINKER != null && !(boolean) SHOULD_BE_INITIALIZED.invokeExact(LINKER);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * The pool's work queues, those of carriers and those of submitters.
     *
     * @return the pool's own array, with gaps; null before the first submission. Not to be written to
     */
    public static Object[] queues() {
        return (Object[]) reference(POOL, QUEUES);
    }

    /**
     * The carrier that a queue belongs to.
     *
     * @param queue one of {@link #queues}
     * @return null for a queue of submitters
     */
    public static Thread owner(Object queue) {
        return (Thread) reference(queue, OWNER);
    }

    /**
     * Tasks taken from the queue, by its owner or by others; wraps around.
     *
     * @param queue one of {@link #queues}
     * @return a count that goes up
     */
    public static int base(Object queue) {
        return integer(queue, BASE);
    }

    /**
     * Tasks put into the queue; wraps around.
     *
     * @param queue one of {@link #queues}
     * @return a count that goes up
     */
    public static int top(Object queue) {
        return integer(queue, TOP);
    }

    /**
     * Tasks that the queue's owner has taken from other queues; up to JDK 21 only brought up to date when it runs
     * dry.
     *
     * @param queue one of {@link #queues}
     * @return a count that goes up
     */
    public static int steals(Object queue) {
        return integer(queue, STEALS);
    }

    /**
     * What the carrier has mounted.
     *
     * @param carrier a platform thread
     * @return its continuation, null if there is none
     */
    public static Object continuation(Thread carrier) {
        return reference(carrier, CONTINUATION);
    }

    /**
     * Tells whether the JDK itself has already made up for the carrier, as it does around some of its own
     * blocking calls.
     *
     * @param carrier of the default scheduler
     * @return false also where this JDK does not tell
     */
    public static boolean isCompensated(Thread carrier) {
        if (COMPENSATING == SchedulerInternals.NONE) {
            return false;
        }
        if (!COMPENSATING_IS_BOOLEAN) {
            return integer(carrier, COMPENSATING) == COMPENSATED;
        }
        try {
            return (boolean) GET_BOOLEAN.invokeExact((Object) carrier, COMPENSATING);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Says whether carriers have come to rest or gone to work: the pool's control word, which counts both and
     * never returns to a value that it has had lately.
     *
     * @return the same value again only if no carrier has done either; {@link #UNKNOWN_ACTIVITY} where this JDK
     *     does not tell
     */
    public static long activity() {
        if (CONTROL == SchedulerInternals.NONE) {
            return UNKNOWN_ACTIVITY;
        }
        try {
            return (long) GET_LONG.invokeExact((Object) POOL, CONTROL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @return carriers that the scheduler may use */
    public static int parallelism() {
        return POOL.getParallelism();
    }

    /** @return carriers that there are */
    public static int poolSize() {
        return POOL.getPoolSize();
    }

    /**
     * Changes the parallelism, unless somebody else has changed it.
     *
     * @param expected what it was
     * @param wanted what it is to be, at least 1
     * @return false if it was something else
     */
    public static boolean changeParallelism(int expected, int wanted) {
        if (PARALLELISM == SchedulerInternals.NONE) {
            return POOL.getParallelism() == expected && POOL.setParallelism(wanted) == expected;
        }
        try {
            return (boolean) COMPARE_AND_SET_INT.invokeExact((Object) POOL, PARALLELISM, expected, wanted);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Wakes or starts a carrier if the parallelism allows one more. Throws what a failed start of a thread throws.
     */
    public static void signalWork() {
        if (SIGNAL_WORK == null) {
            POOL.execute(NOTHING);
            return;
        }
        try {
            SIGNAL_WORK.invokeExact(POOL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @return true if {@link #runNext} works on this JDK */
    public static boolean canRunNext() {
        return POLL != null;
    }

    /**
     * Takes the first task of a queue, as a carrier does, and runs it on the calling thread.
     *
     * @param queue one of {@link #queues}
     * @return false if the queue is empty
     */
    public static boolean runNext(Object queue) {
        ForkJoinTask<?> task;
        try {
            task = (ForkJoinTask<?>) POLL.invokeExact(queue);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (task == null) {
            return false;
        }
        task.quietlyInvoke();
        return true;
    }

    /**
     * The virtual thread of a continuation.
     *
     * @param continuation what a carrier has mounted
     * @return null where this JDK does not tell
     */
    public static Thread virtualThread(Object continuation) {
        if (TARGET == SchedulerInternals.NONE || VIRTUAL_THREAD == SchedulerInternals.NONE) {
            return null;
        }
        Object target = reference(continuation, TARGET);
        return target != null && target.getClass() == TARGET_TYPE ? (Thread) reference(target, VIRTUAL_THREAD) : null;
    }

    /**
     * The stack of a virtual thread, without holding it up where it is no longer mounted, if this JDK allows that.
     *
     * @param virtualThread that was mounted a moment ago
     * @return innermost frame first; empty if it is not mounted
     */
    public static StackTraceElement[] stack(Thread virtualThread) {
        if (STACK_OF_MOUNTED == null) {
            return virtualThread.getStackTrace();
        }
        try {
            StackTraceElement[] stack = (StackTraceElement[]) STACK_OF_MOUNTED.invokeExact(virtualThread);
            return stack == null ? new StackTraceElement[0] : stack;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static Object reference(Object object, long field) {
        try {
            return (Object) GET_REFERENCE.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int integer(Object object, long field) {
        try {
            return (int) GET_INT.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static Error unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            return error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new AssertionError(thrown);
    }
}
