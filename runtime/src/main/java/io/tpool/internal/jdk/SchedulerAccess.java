// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * All that the guard needs and that is private to a JDK: the work queues of the scheduler of virtual threads, what each
 * carrier has mounted, and how the scheduler itself wakes a carrier.
 *
 * <p>Fields are read through {@link UnsafeAccess}. The packages {@code java.lang}, {@code java.util.concurrent} and
 * {@code jdk.internal.misc} of {@code java.base} must be open to this class. Initialising this class initialises the
 * scheduler. Where {@link #problem} is not null, only {@link #problem} and {@link #isSchedulerKnown} may be called.
 *
 * <p>Held for JDK 21 to 28.
 *
 * @since 1.0
 */
public final class SchedulerAccess {
    /** What {@link #activity} returns where it cannot tell. */
    public static final long UNKNOWN_ACTIVITY = Long.MIN_VALUE;

    private static final Runnable NOTHING = () -> { };
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final MemberSearch REQUIRED = new MemberSearch("does not show its carriers");
    private static final Class<?> THREAD = Thread.ofVirtual().unstarted(NOTHING).getClass();
    private static final Object DEFAULT = REQUIRED.optional().constant(THREAD, "DEFAULT_SCHEDULER");
    private static final Object SCHEDULER = DEFAULT != null ? DEFAULT : REQUIRED.constant(THREAD, "BUILTIN_SCHEDULER");
    private static final ForkJoinPool POOL = SCHEDULER instanceof ForkJoinPool pool ? pool : null;
    private static final Class<?> QUEUE = REQUIRED.type("java.util.concurrent.ForkJoinPool$WorkQueue");
    private static final Class<?> QUEUE_ARRAY = QUEUE == null ? null : QUEUE.arrayType();
    private static final long QUEUES = REQUIRED.field(ForkJoinPool.class, "queues", QUEUE_ARRAY);
    private static final long OWNER = REQUIRED.field(QUEUE, "owner", ForkJoinWorkerThread.class);
    private static final long BASE = REQUIRED.field(QUEUE, "base", int.class);
    private static final long TOP = REQUIRED.field(QUEUE, "top", int.class);
    private static final long STEALS = REQUIRED.field(QUEUE, "nsteals", int.class);
    private static final Class<?> CONTINUATION_TYPE = REQUIRED.type("jdk.internal.vm.Continuation");
    private static final long CONTINUATION = REQUIRED.field(Thread.class, "cont", CONTINUATION_TYPE);

    private static final MemberSearch OPTIONAL = REQUIRED.optional();
    private static final MethodHandle SIGNAL_WORK = OPTIONAL.method(ForkJoinPool.class, "signalWork",
        methodType(void.class), methodType(void.class, ForkJoinPool.class));
    private static final long PARALLELISM = OPTIONAL.field(ForkJoinPool.class, "parallelism", int.class);
    private static final long CONTROL = OPTIONAL.field(ForkJoinPool.class, "ctl", long.class);
    /** How others take from a queue. Its parameter is the pool at first; later it has none. */
    private static final MethodHandle POLL =
        OPTIONAL.methodWith(POOL, QUEUE, "poll", methodType(ForkJoinTask.class, Object.class));
    /** How a thread that is no carrier takes back what was submitted last. */
    private static final MethodHandle REMOVE_NEWEST = OPTIONAL.method(QUEUE, "tryUnpush",
        methodType(boolean.class, ForkJoinTask.class, boolean.class),
        methodType(boolean.class, Object.class, Object.class, boolean.class));
    private static final long TASKS = OPTIONAL.field(QUEUE, "array", ForkJoinTask[].class);
    private static final Class<?> CARRIER = OPTIONAL.type("jdk.internal.misc.CarrierThread");
    /** Whether {@code jdk.internal.misc.Blocker} has made up for a carrier: a flag up to JDK 22, a state since. */
    private static final long BLOCKING_FLAG = OPTIONAL.field(CARRIER, "blocking", boolean.class);
    private static final long COMPENSATING_FLAG = OPTIONAL.field(CARRIER, "compensating", boolean.class);
    private static final long COMPENSATING_STATE = OPTIONAL.field(CARRIER, "compensating", int.class);
    private static final int COMPENSATED = OPTIONAL.number(CARRIER, "COMPENSATING", -1);
    /** The target of a virtual thread's continuation is of a local class, which has captured the thread. */
    private static final long TARGET = OPTIONAL.field(CONTINUATION_TYPE, "target", Runnable.class);
    private static final Class<?> TARGET_TYPE = OPTIONAL.type("java.lang.VirtualThread$VThreadContinuation$1");
    private static final long VIRTUAL_THREAD = OPTIONAL.onlyField(TARGET_TYPE, THREAD);
    private static final Class<?> LINKER = OPTIONAL.type("jdk.internal.foreign.abi.AbstractLinker");
    private static final MethodHandle STACK_OF_MOUNTED = OPTIONAL.method(Thread.class, "asyncGetStackTrace",
        methodType(StackTraceElement[].class), methodType(StackTraceElement[].class, Thread.class));

    /** Why there is no scheduler to look at, whatever this JDK shows; null if there is one. */
    private static final String NO_SCHEDULER = noScheduler();

    private SchedulerAccess() {
    }

    private static String noScheduler() {
        if (!THREAD.getName().equals("java.lang.VirtualThread")) {
            return "virtual threads of this JVM are bound to platform threads";
        }
        return SCHEDULER == null || SCHEDULER.getClass() == ForkJoinPool.class ? null
            : "virtual threads of this JVM have a scheduler of their own, " + SCHEDULER.getClass().getName();
    }

    /** Says why the scheduler cannot be looked at, in one line without a full stop; null if it can. */
    public static String problem() {
        return NO_SCHEDULER == null ? REQUIRED.problem() : NO_SCHEDULER;
    }

    /**
     * Tells whether there is a scheduler at all that could be looked at by other means. False if virtual threads are
     * bound to platform threads, or have a scheduler that is not the JDK's.
     */
    public static boolean isSchedulerKnown() {
        return NO_SCHEDULER == null;
    }

    /** Tells whether the linker of {@code java.lang.foreign} has been used, so that native code may be called by it. */
    public static boolean mayMakeDowncalls() {
        return LINKER != null && UnsafeAccess.isInitialized(LINKER);
    }

    /**
     * The work queues of carriers and of submitters: the scheduler's own array, with gaps, not to be written to. Null
     * before the first submission.
     */
    public static Object[] queues() {
        return (Object[]) UnsafeAccess.getReferenceVolatile(POOL, QUEUES);
    }

    /** The carrier that a queue belongs to; null for a queue of submitters. */
    public static Thread owner(Object queue) {
        return (Thread) UnsafeAccess.getReferenceVolatile(queue, OWNER);
    }

    /** Tasks taken from the queue, by its owner or by others: a count that goes up and wraps around. */
    public static int base(Object queue) {
        return UnsafeAccess.getIntVolatile(queue, BASE);
    }

    /** Tasks put into the queue: a count that goes up and wraps around. */
    public static int top(Object queue) {
        return UnsafeAccess.getIntVolatile(queue, TOP);
    }

    /**
     * Tasks that the queue's owner has taken from other queues: a count that goes up. Up to JDK 21 it is brought up to
     * date only when the owner finds no more tasks.
     */
    public static int steals(Object queue) {
        return UnsafeAccess.getIntVolatile(queue, STEALS);
    }

    /** The continuation that a carrier has mounted, or null. */
    public static Object continuation(Thread carrier) {
        return UnsafeAccess.getReferenceVolatile(carrier, CONTINUATION);
    }

    /**
     * Tells whether the JDK itself has lent a carrier for this one, as it does around some of its own blocking calls;
     * false also where this JDK does not tell.
     */
    public static boolean isCompensated(Thread carrier) {
        if (COMPENSATING_STATE != UnsafeAccess.NONE) {
            return UnsafeAccess.getIntVolatile(carrier, COMPENSATING_STATE) == COMPENSATED;
        }
        long flag = BLOCKING_FLAG != UnsafeAccess.NONE ? BLOCKING_FLAG : COMPENSATING_FLAG;
        return flag != UnsafeAccess.NONE && UnsafeAccess.getBooleanVolatile(carrier, flag);
    }

    /**
     * The scheduler's control word, which counts each carrier that comes to rest or goes to work, and returns to no
     * value that it has had lately. So two equal values tell that no carrier has done either in between.
     * {@link #UNKNOWN_ACTIVITY} where this JDK does not tell.
     */
    public static long activity() {
        if (CONTROL == UnsafeAccess.NONE) {
            return UNKNOWN_ACTIVITY;
        }
        return UnsafeAccess.getLongVolatile(POOL, CONTROL);
    }

    /** Carriers that the scheduler may use. */
    public static int parallelism() {
        return POOL.getParallelism();
    }

    /** Carriers that there are. */
    public static int poolSize() {
        return POOL.getPoolSize();
    }

    /** Changes the parallelism to the wanted one, at least 1; false if it is not the expected one any more. */
    public static boolean changeParallelism(int expected, int wanted) {
        if (PARALLELISM == UnsafeAccess.NONE) {
            return POOL.getParallelism() == expected && POOL.setParallelism(wanted) == expected;
        }
        return UnsafeAccess.compareAndSetInt(POOL, PARALLELISM, expected, wanted);
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
            throw UnsafeAccess.unexpected(e);
        }
    }

    /** Tells whether {@link #runNext} works on this JDK. */
    public static boolean canRunNext() {
        return POLL != null;
    }

    /**
     * Takes a task of a queue and runs it on the calling thread; false if it has none. Of a queue of submitters it is
     * the newest one, if this JDK allows: carriers take the first one, and behind many that compute for long it would
     * be a long time until they come to one that needs a moment only.
     */
    public static boolean runNext(Object queue) {
        ForkJoinTask<?> task = newest(queue);
        try {
            if (task == null) {
                task = (ForkJoinTask<?>) POLL.invokeExact(queue);
            }
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
        if (task == null) {
            return false;
        }
        task.quietlyInvoke();
        return true;
    }

    /** Removed from the queue; null if others were faster, or may not take it. */
    private static ForkJoinTask<?> newest(Object queue) {
        if (REMOVE_NEWEST == null || TASKS == UnsafeAccess.NONE || owner(queue) != null) {
            return null;
        }
        Object[] tasks = (Object[]) UnsafeAccess.getReferenceVolatile(queue, TASKS);
        if (tasks == null || tasks.length == 0) {
            return null;
        }
        Object newest = ELEMENT.getVolatile(tasks, top(queue) - 1 & tasks.length - 1);
        try {
            // The JDK looks again, with the queue locked for submitters: these go to another one meanwhile.
            boolean removed = newest != null && (boolean) REMOVE_NEWEST.invokeExact(queue, newest, false);
            return removed ? (ForkJoinTask<?>) newest : null;
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
    }

    /** The virtual thread of a continuation that a carrier has mounted; null where this JDK does not tell. */
    public static Thread virtualThread(Object continuation) {
        if (TARGET == UnsafeAccess.NONE || VIRTUAL_THREAD == UnsafeAccess.NONE) {
            return null;
        }
        Object target = UnsafeAccess.getReferenceVolatile(continuation, TARGET);
        return target != null && target.getClass() == TARGET_TYPE
                ? (Thread) UnsafeAccess.getReferenceVolatile(target, VIRTUAL_THREAD) : null;
    }

    /**
     * The stack of a virtual thread that was mounted a moment ago, innermost frame first; empty if the thread is not
     * mounted any more. If this JDK allows, a thread that is no longer mounted is not held up.
     */
    public static StackTraceElement[] stack(Thread virtualThread) {
        if (STACK_OF_MOUNTED == null) {
            return virtualThread.getStackTrace();
        }
        try {
            StackTraceElement[] stack = (StackTraceElement[]) STACK_OF_MOUNTED.invokeExact(virtualThread);
            return stack == null ? new StackTraceElement[0] : stack;
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
    }
}
