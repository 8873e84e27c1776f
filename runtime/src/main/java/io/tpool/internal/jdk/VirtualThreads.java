// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;

/**
 * The private members of the JDK's virtual threads: the task that carries a virtual thread on, the scheduler that the
 * task is submitted to, the state, and the stack.
 *
 * <p>The task is the final field {@code java.lang.VirtualThread.runContinuation}, which is written like the others
 * through {@link UnsafeAccess}. The packages {@code java.lang} and {@code jdk.internal.misc} of {@code java.base} must
 * be open to this class, and {@code jdk.internal.vm} for {@link #pin} alone. The agent opens them with {@code
 * Instrumentation.redefineModule}. Where a member is missing, {@link #problem} says which. Then only {@link #problem},
 * {@link #carrier}, {@link #beginBlocking}, {@link #endBlocking}, {@link #pin}, {@link #forgetThreadLocals} and {@link
 * #forgetInheritedAccess} may be called.
 *
 * <p>Held for JDK 21 to 28.
 *
 * @since 1.0
 */
public final class VirtualThreads {
    private static final MemberSearch REQUIRED = new MemberSearch("does not let a virtual thread move");
    private static final Class<?> TYPE = REQUIRED.type("java.lang.VirtualThread");

    private static final MethodHandle CURRENT_CARRIER = REQUIRED.staticMethod(Thread.class, "currentCarrierThread",
        methodType(Thread.class), methodType(Thread.class));
    private static final Class<?> LOCALS = REQUIRED.type("java.lang.ThreadLocal$ThreadLocalMap");
    private static final long THREAD_LOCALS = REQUIRED.field(Thread.class, "threadLocals", LOCALS);
    private static final long INHERITABLE_THREAD_LOCALS =
        REQUIRED.field(Thread.class, "inheritableThreadLocals", LOCALS);

    static {
        REQUIRED.require(Thread.ofVirtual().unstarted(new Thread()).getClass() == TYPE,
            "virtual threads are bound to platform threads");
    }

    private static final long TASK = REQUIRED.field(TYPE, "runContinuation", Runnable.class);
    private static final long SCHEDULER = REQUIRED.field(TYPE, "scheduler", Executor.class);
    private static final long STATE = REQUIRED.field(TYPE, "state", int.class);
    private static final long CARRIER = REQUIRED.field(TYPE, "carrierThread", Thread.class);
    private static final int RUNNING = REQUIRED.number(TYPE, "RUNNING", 0);
    private static final int PARKING = REQUIRED.number(TYPE, "PARKING", 0);
    private static final MethodHandle YIELD = REQUIRED.method(TYPE, "yieldContinuation", methodType(boolean.class),
        methodType(boolean.class, Object.class));

    private static final Class<?> BLOCKER = REQUIRED.type("jdk.internal.misc.Blocker");
    private static final Class<?> TOKEN = Runtime.version().feature() >= 23 ? boolean.class : long.class;
    /**
     * What beginBlocking answers where it has done nothing. JDK 21 and 22 answer 0 where they have, and there was no
     * carrier to be had.
     */
    private static final long NOT_ATTEMPTED = TOKEN == boolean.class ? 0 : -1;
    private static final MethodHandle BEGIN_BLOCKING =
        REQUIRED.staticMethod(BLOCKER, "begin", methodType(TOKEN), methodType(long.class));
    private static final MethodHandle END_BLOCKING =
        REQUIRED.staticMethod(BLOCKER, "end", methodType(void.class, TOKEN), methodType(void.class, long.class));

    private static final MemberSearch OPTIONAL = REQUIRED.optional();
    private static final Class<?> CONTINUATION_TYPE = OPTIONAL.type("jdk.internal.vm.Continuation");
    /** Null where the package is closed. */
    private static final MethodHandle PIN =
        OPTIONAL.staticMethod(CONTINUATION_TYPE, "pin", methodType(void.class), methodType(void.class));
    private static final MethodHandle UNPIN =
        OPTIONAL.staticMethod(CONTINUATION_TYPE, "unpin", methodType(void.class), methodType(void.class));
    private static final Class<?> CHUNK_TYPE = OPTIONAL.type("jdk.internal.vm.StackChunk");
    private static final long CONTINUATION = OPTIONAL.field(TYPE, "cont", CONTINUATION_TYPE);
    private static final long CHUNK = OPTIONAL.field(CONTINUATION_TYPE, "tail", CHUNK_TYPE);
    private static final long CHUNK_PARENT = OPTIONAL.field(CHUNK_TYPE, "parent", CHUNK_TYPE);
    private static final long CHUNK_SIZE = OPTIONAL.field(CHUNK_TYPE, "size", int.class);
    private static final long CHUNK_POINTER = OPTIONAL.field(CHUNK_TYPE, "sp", int.class);
    private static final boolean SHOWS_STACK = CONTINUATION != UnsafeAccess.NONE && CHUNK != UnsafeAccess.NONE
        && CHUNK_PARENT != UnsafeAccess.NONE && CHUNK_SIZE != UnsafeAccess.NONE && CHUNK_POINTER != UnsafeAccess.NONE;
    /** Not there since JDK 24. */
    private static final long INHERITED_ACCESS = OPTIONAL.field(Thread.class, "inheritedAccessControlContext",
        OPTIONAL.type("java.security.AccessControlContext"));
    private static final String PROBLEM = REQUIRED.problem();

    private VirtualThreads() {
    }

    /**
     * Says why threads cannot be moved on this JDK, in one line without a full stop. Null if all members are there;
     * only a trial can tell whether they still mean the same.
     */
    public static String problem() {
        return PROBLEM;
    }

    /** Tells whether a scheduler carries the thread: false for platform threads and virtual threads bound to one. */
    public static boolean isMovable(Thread thread) {
        return thread.getClass() == TYPE;
    }

    /** What is submitted to the scheduler of a movable thread when the thread is to go on. Never null. */
    public static Runnable task(Thread thread) {
        return (Runnable) UnsafeAccess.getReference(thread, TASK);
    }

    /**
     * Changes what is submitted for the current thread from now on. A plain write, which the thread publishes with the
     * volatile writes of its state when it next unmounts.
     */
    public static void task(Thread thread, Runnable task) {
        UnsafeAccess.putReference(thread, TASK, task);
    }

    /** The scheduler that the task of a movable thread is submitted to. Never null. */
    public static Executor scheduler(Thread thread) {
        return (Executor) UnsafeAccess.getReference(thread, SCHEDULER);
    }

    /**
     * Changes the scheduler of the current thread, or of one that has not been started. A plain write, as that of the
     * {@linkplain #task(Thread, Runnable) task}. Where the carrier of an unmounting thread has nothing else to do, the
     * JDK may leave the task to that carrier and not ask the scheduler.
     */
    public static void scheduler(Thread thread, Executor scheduler) {
        UnsafeAccess.putReference(thread, SCHEDULER, scheduler);
    }

    /**
     * Unmounts the current thread, unless it is pinned, and has its task submitted at once.
     *
     * <p>{@link Thread#yield} does that too, but tells the scheduler to wake one more carrier for the task. Where the
     * carrier has nothing else to do, the thread parks instead, with a permit at hand: then the JDK leaves the task to
     * the carrier, which runs it next. The caller has a permit afterwards, so a permit that was meant for the
     * application is not lost. As after {@link Thread#sleep} on a virtual thread, the next park may return at once,
     * which {@link LockSupport#park} allows for.
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
     * Unmounts the current thread and has its task submitted at once; false if the thread is pinned. Uses up a permit.
     */
    public static boolean unmounts(Thread self) {
        LockSupport.unpark(self);
        boolean yielded = false;
        UnsafeAccess.putIntVolatile(self, STATE, PARKING);
        try {
            yielded = (boolean) YIELD.invokeExact((Object) self);
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        } finally {
            if (!yielded) {
                UnsafeAccess.putIntVolatile(self, STATE, RUNNING);
            }
        }
        return yielded;
    }

    /**
     * Keeps the current thread on its platform thread until {@link #unpin}, whatever it waits for meanwhile.
     *
     * @return false if there is nothing to end: a platform thread needs no pin, and this JDK may not let it pin
     */
    public static boolean pin() {
        if (PIN == null || UNPIN == null || !isMovable(Thread.currentThread())) {
            return false;
        }
        try {
            PIN.invokeExact();
            return true;
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
    }

    /** Ends what {@link #pin} began. */
    public static void unpin() {
        try {
            UNPIN.invokeExact();
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
    }

    /** Tells whether a movable thread is mounted. May be out of date at once, unless only the caller mounts it. */
    public static boolean isMounted(Thread thread) {
        return UnsafeAccess.getReference(thread, CARRIER) != null;
    }

    /**
     * The platform thread that carries the current thread, a movable one. It is read from memory: compiled code does
     * not keep the answer over a yield, as it may do with {@link #carrier}.
     */
    public static Thread carrierOf(Thread self) {
        return (Thread) UnsafeAccess.getReference(self, CARRIER);
    }

    /**
     * The bytes of stack that a thread has put away; 0 where this JDK does not tell. The stack lies in chunks, one for
     * each time that the thread has unmounted from deeper down than before.
     *
     * @param thread has unmounted, and cannot go on before this returns
     * @param enough no more chunks are counted once there are so many bytes
     */
    public static long frozenBytes(Thread thread, long enough) {
        if (!SHOWS_STACK) {
            return 0;
        }
        long bytes = 0;
        Object chunk = UnsafeAccess.getReference(UnsafeAccess.getReference(thread, CONTINUATION), CHUNK);
        while (chunk != null && bytes < enough) {
            int words = UnsafeAccess.getIntVolatile(chunk, CHUNK_SIZE)
                    - UnsafeAccess.getIntVolatile(chunk, CHUNK_POINTER);
            bytes += (long) words * Long.BYTES;
            chunk = UnsafeAccess.getReference(chunk, CHUNK_PARENT);
        }
        return bytes;
    }

    /**
     * The platform thread below the current thread: the carrier, or the current thread itself if it is a platform
     * thread. Null where this JDK does not tell.
     *
     * <p><b>Important:</b> compiled code may keep the answer over a park in the same method. So it is for diagnostics,
     * and never a test of whether a thread has moved.
     */
    public static Thread carrier() {
        if (CURRENT_CARRIER == null) {
            return null;
        }
        try {
            return (Thread) CURRENT_CARRIER.invokeExact();
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
    }

    /**
     * Asks the JDK for one more carrier while the current thread blocks its own ({@code jdk.internal.misc.Blocker}).
     *
     * @return what {@link #endBlocking} takes; 0 if the JDK lends none: the thread is not on a carrier, or one is lent
     *     already
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

    /** Ends what {@link #beginBlocking} began and answered. */
    public static void endBlocking(long attempted) {
        if (attempted == 0) {
            return;
        }
        try {
            END_BLOCKING.invokeExact(attempted + NOT_ATTEMPTED);
        } catch (ClassCastException elsewhere) {
            // not on a carrier, see ThreadMove on stack dumps: the scheduler keeps the carrier that it was lent
        } catch (Throwable e) {
            throw UnsafeAccess.unexpected(e);
        }
    }

    /**
     * Forgets the thread locals of the current thread, a platform thread, also those that children inherit, so that
     * none of them keeps an application's class loader alive.
     */
    public static void forgetThreadLocals(Thread thread) {
        clear(thread, THREAD_LOCALS);
        clear(thread, INHERITABLE_THREAD_LOCALS);
    }

    /** Forgets the access control context that a thread, not yet started, inherits, where this JDK has one. */
    public static void forgetInheritedAccess(Thread thread) {
        clear(thread, INHERITED_ACCESS);
    }

    private static void clear(Thread thread, long field) {
        if (field != UnsafeAccess.NONE) {
            UnsafeAccess.putReference(thread, field, null);
        }
    }
}
