package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;

/**
 * All that is private to a JDK: the task that carries a virtual thread on, its scheduler, and its state.
 *
 * <p>The task is the final field {@code java.lang.VirtualThread.runContinuation}. It is written through
 * {@code jdk.internal.misc.Unsafe} behind method handles in static finals: as fast as direct access, needs no
 * compile-time export and prints no warning. The packages {@code java.lang} and {@code jdk.internal.misc} of
 * {@code java.base} must be open to this class; the agent opens them with {@code Instrumentation.redefineModule}.
 * Where one piece is missing {@link #problem} says which, and nothing here but {@link #problem}, {@link #carrier},
 * {@link #beginBlocking} and what forgets may be called.
 *
 * <p>Held for JDK 21 to 28.
 *
 * @since 1.0
 */
public final class VirtualThreads {
    private static final Class<?> TYPE;
    private static final MethodHandle GET_REFERENCE;
    private static final MethodHandle PUT_REFERENCE;
    private static final MethodHandle GET_INT;
    private static final MethodHandle CURRENT_CARRIER;
    private static final MethodHandle BEGIN_BLOCKING;
    private static final MethodHandle END_BLOCKING;
    private static final long NOT_ATTEMPTED;
    private static final MethodHandle PUT_INT;
    private static final MethodHandle YIELD;
    private static final MethodHandle SHOULD_BE_INITIALIZED;
    private static final long TASK;
    private static final long SCHEDULER;
    private static final long STATE;
    private static final long CARRIER;
    private static final int RUNNING;
    private static final int PARKING;
    private static final long CONTINUATION;
    private static final long CHUNK;
    private static final long CHUNK_PARENT;
    private static final long CHUNK_SIZE;
    private static final long CHUNK_POINTER;
    private static final long THREAD_LOCALS;
    private static final long INHERITABLE_THREAD_LOCALS;
    private static final long INHERITED_ACCESS;
    private static final String PROBLEM;

    static {
        JdkInternals pieces = new JdkInternals();
        String problem = pieces.find();
        TYPE = pieces.type;
        GET_REFERENCE = pieces.getReference;
        PUT_REFERENCE = pieces.putReference;
        GET_INT = pieces.getInt;
        CURRENT_CARRIER = pieces.currentCarrier;
        BEGIN_BLOCKING = pieces.beginBlocking;
        END_BLOCKING = pieces.endBlocking;
        NOT_ATTEMPTED = pieces.notAttempted;
        PUT_INT = pieces.putInt;
        YIELD = pieces.yield;
        SHOULD_BE_INITIALIZED = pieces.shouldBeInitialized;
        TASK = pieces.task;
        SCHEDULER = pieces.scheduler;
        STATE = pieces.state;
        CARRIER = pieces.carrier;
        RUNNING = pieces.running;
        PARKING = pieces.parking;
        CONTINUATION = pieces.continuation;
        CHUNK = pieces.chunk;
        CHUNK_PARENT = pieces.chunkParent;
        CHUNK_SIZE = pieces.chunkSize;
        CHUNK_POINTER = pieces.chunkPointer;
        THREAD_LOCALS = pieces.threadLocals;
        INHERITABLE_THREAD_LOCALS = pieces.inheritableThreadLocals;
        INHERITED_ACCESS = pieces.inheritedAccess;
        PROBLEM = problem;
    }

    private VirtualThreads() {
    }

    /**
     * Says why threads cannot be moved on this JDK.
     *
     * @return one line without a full stop, or null if all pieces are there; whether they still mean the same is for a
     *     trial to tell
     */
    public static String problem() {
        return PROBLEM;
    }

    /**
     * Tells whether the thread is carried by a scheduler, and so can be moved.
     *
     * @param thread any thread
     * @return false for a platform thread and for the JDK's virtual threads bound to one
     */
    public static boolean isMovable(Thread thread) {
        return thread.getClass() == TYPE;
    }

    /**
     * What is submitted to the thread's scheduler when the thread is to go on.
     *
     * @param thread a {@linkplain #isMovable movable} thread
     * @return never null
     */
    public static Runnable task(Thread thread) {
        return (Runnable) get(thread, TASK);
    }

    /**
     * Changes what is submitted. A plain write: to be made by the thread itself, which publishes it with the volatile
     * writes of its state when it next unmounts.
     *
     * @param thread the current thread
     * @param task what is to be submitted from now on
     */
    public static void task(Thread thread, Runnable task) {
        put(thread, TASK, task);
    }

    /**
     * The scheduler that the thread's task is submitted to.
     *
     * @param thread a {@linkplain #isMovable movable} thread
     * @return never null
     */
    public static Executor scheduler(Thread thread) {
        return (Executor) get(thread, SCHEDULER);
    }

    /**
     * Changes what the thread's task is submitted to. A plain write, as that of the
     * {@linkplain #task(Thread, Runnable) task}. The JDK does not ask for it where the carrier of an unmounting thread
     * has nothing else to do.
     *
     * @param thread the current thread, or one that has not been started; {@linkplain #isMovable movable}
     * @param scheduler what its task is submitted to from now on
     */
    public static void scheduler(Thread thread, Executor scheduler) {
        put(thread, SCHEDULER, scheduler);
    }

    private static Object get(Object object, long field) {
        try {
            return (Object) GET_REFERENCE.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static void put(Object object, long field, Object value) {
        try {
            PUT_REFERENCE.invokeExact(object, field, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Unmounts the current thread, unless it is pinned, and has its task submitted at once.
     *
     * <p>{@link Thread#yield} does that too, but tells the scheduler to wake one more carrier for the task. Where the
     * carrier has nothing else to do the thread parks instead with a permit that it has got already: then the JDK
     * leaves the task to the carrier, which runs it next. The caller finds a permit afterwards: as after
     * {@link Thread#sleep} on a virtual thread, the next park may return at once, which {@link LockSupport#park}
     * allows for, and one that was meant for the application is not lost.
     *
     * @param self the current thread, movable
     */
    public static void yield(Thread self) {
        if (!(carrier() instanceof ForkJoinWorkerThread worker) || worker.getQueuedTaskCount() > 0) {
            Thread.yield();
            return;
        }
        try {
            unmounts(self);
        } finally {
            LockSupport.unpark(self);
        }
    }

    /**
     * Unmounts the current thread, unless it is pinned, and has its task submitted at once. It uses up a permit.
     *
     * @param self the current thread, movable
     * @return false if the thread is pinned
     */
    public static boolean unmounts(Thread self) {
        LockSupport.unpark(self);
        boolean yielded = false;
        state(self, PARKING);
        try {
            yielded = (boolean) YIELD.invokeExact((Object) self);
        } catch (Throwable e) {
            throw unexpected(e);
        } finally {
            if (!yielded) {
                state(self, RUNNING);
            }
        }
        return yielded;
    }

    private static void state(Thread thread, int value) {
        try {
            PUT_INT.invokeExact((Object) thread, STATE, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int getInt(Object object, long field) {
        try {
            return (int) GET_INT.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Tells whether the thread is mounted on a platform thread.
     *
     * @param thread a {@linkplain #isMovable movable} thread
     * @return may be out of date at once, unless the thread is the caller's to mount
     */
    public static boolean isMounted(Thread thread) {
        return get(thread, CARRIER) != null;
    }

    /**
     * The platform thread that carries the current thread, read from memory: unlike {@link #carrier} compiled code does
     * not keep the answer over a yield.
     *
     * @param self the current thread, movable
     * @return not null
     */
    public static Thread carrierOf(Thread self) {
        return (Thread) get(self, CARRIER);
    }

    /**
     * The size of the stack that the thread has put away. It lies there in pieces, one for each time that the thread
     * has unmounted from deeper down than before.
     *
     * @param thread a {@linkplain #isMovable movable} thread that has unmounted and cannot go on before this returns
     * @param enough no more pieces are counted once there are so many bytes
     * @return bytes; 0 where this JDK does not tell
     */
    public static long frozenBytes(Thread thread, long enough) {
        if (CHUNK_POINTER == JdkInternals.NONE) {
            return 0;
        }
        long bytes = 0;
        Object chunk = get(get(thread, CONTINUATION), CHUNK);
        while (chunk != null && bytes < enough) {
            bytes += (long) (getInt(chunk, CHUNK_SIZE) - getInt(chunk, CHUNK_POINTER)) * Long.BYTES;
            chunk = get(chunk, CHUNK_PARENT);
        }
        return bytes;
    }

    /**
     * The platform thread below the current thread.
     *
     * <p><b>Important:</b> compiled code may keep the answer over a park in the same method, so it is for diagnostics
     * and never a test of whether a thread has moved.
     *
     * @return the carrier, the current thread itself if it is a platform thread, or null where this JDK does not tell
     */
    public static Thread carrier() {
        if (CURRENT_CARRIER == null) {
            return null;
        }
        try {
            return (Thread) CURRENT_CARRIER.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Asks the JDK for one more carrier while the current thread blocks its own ({@code jdk.internal.misc.Blocker}).
     *
     * @return what {@link #endBlocking} takes; 0 if the JDK was not asked, or does not ask its scheduler: the thread is
     *     not on a carrier,
     *     or has one lent already
     */
    public static long beginBlocking() {
        if (BEGIN_BLOCKING == null) {
            return 0;
        }
        try {
            return (long) BEGIN_BLOCKING.invokeExact() - NOT_ATTEMPTED;
        } catch (Throwable unable) {   // OutOfMemoryError: unable to create native thread
            return 0;
        }
    }

    /**
     * Ends what {@link #beginBlocking} began.
     *
     * @param attempted its answer
     */
    public static void endBlocking(long attempted) {
        if (attempted == 0) {
            return;
        }
        try {
            END_BLOCKING.invokeExact(attempted + NOT_ATTEMPTED);
        } catch (ClassCastException elsewhere) {
            // not on a carrier, see ThreadMove on stack dumps: the scheduler keeps the carrier that it was lent
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Tells whether a class is initialised, without initialising it.
     *
     * @param type any class
     * @return false also where this JDK does not tell
     */
    public static boolean isInitialized(Class<?> type) {
        if (SHOULD_BE_INITIALIZED == null) {
            return false;
        }
        try {
            return !(boolean) SHOULD_BE_INITIALIZED.invokeExact(type);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Forgets the thread locals of a pool thread, also those that it would hand on, so that none of them keeps an
     * application's class loader alive.
     *
     * @param thread the current thread
     */
    public static void forgetThreadLocals(Thread thread) {
        clear(thread, THREAD_LOCALS);
        clear(thread, INHERITABLE_THREAD_LOCALS);
    }

    /**
     * Forgets the access control context that a new thread took from whoever started it, where this JDK still has one.
     *
     * @param thread a thread that has not been started
     */
    public static void forgetInheritedAccess(Thread thread) {
        clear(thread, INHERITED_ACCESS);
    }

    private static void clear(Thread thread, long field) {
        if (field != JdkInternals.NONE) {
            put(thread, field, null);
        }
    }

    /** Of the methods behind the handles none declares a checked exception. */
    private static Error unexpected(Throwable e) {
        return e instanceof Error error ? error : new AssertionError(e);
    }
}
