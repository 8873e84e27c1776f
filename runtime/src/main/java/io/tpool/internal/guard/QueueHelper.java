// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A platform thread of the guard's own that runs tasks of a queue that no carrier comes to.
 *
 * <p>The queue that it serves is its state:
 * <pre>
 *   null -> a queue     the thread that looks, by compare-and-set, in {@link #assign}
 *   a queue -> null     the helper, by a write, when it has served for long or has found the queue empty for a while
 *   null -> ENDED       the helper, by compare-and-set, when it was idle for long; it ends then
 *   any -> ENDED        the helper, by a write, when it dies of whatever was thrown
 * </pre>
 * A task is taken from its queue once, by the means that the queue itself has for it. A virtual thread that the helper
 * has mounted is free to unmount and goes on where its scheduler says. A helper that leaves a queue with a task in it
 * wakes a carrier. One that dies is replaced when a queue starves next.
 */
final class QueueHelper implements Runnable {
    /** It leaves a queue after so long, for the thread that looks to see which one needs it most. */
    private static final long SERVE_NANOS = 100_000_000;
    /** What has come to a queue that starves will soon be followed by more. */
    private static final long LINGER_NANOS = 30_000_000;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long KEEP_NANOS = 10_000_000_000L;
    private static final Object ENDED = new Object();
    private static final VarHandle QUEUE;

    static {
        try {
            QUEUE = MethodHandles.lookup().findVarHandle(QueueHelper.class, "queue", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CarrierView view;
    private volatile Object queue;
    private volatile int turns;
    private Thread thread;

    QueueHelper(CarrierView view, Object first) {
        this.view = view;
        this.queue = first;
    }

    /** Throws what a failed start of a thread throws. */
    void start(String name) {
        thread = GuardThreads.start(this, name);
    }

    /** Has it serve a queue; false if it serves another one or has ended. By the thread that looks. */
    boolean assign(Object toServe) {
        if (!QUEUE.compareAndSet(this, null, toServe)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    boolean isServing() {
        Object serves = queue;
        return serves != null && serves != ENDED;
    }

    boolean isServing(Object served) {
        return queue == served;
    }

    boolean hasEnded() {
        return queue == ENDED;
    }

    Thread thread() {
        return thread;
    }

    /** Goes up with each task. */
    int turns() {
        return turns;
    }

    @Override
    public void run() {
        try {
            for (Object serves = next(); serves != ENDED; serves = next()) {
                serve(serves);
                queue = null;
                wakeFor(serves);
            }
        } catch (Throwable died) {
            // Nobody is told: the thread that looks sees that the queue starves, and starts another helper.
            return;
        } finally {
            queue = ENDED;
        }
    }

    private Object next() {
        long idleSince = System.nanoTime();
        for (;;) {
            Object serves = queue;
            if (serves != null) {
                return serves;
            }
            long idle = System.nanoTime() - idleSince;
            if (idle >= KEEP_NANOS) {
                QUEUE.compareAndSet(this, null, ENDED);
            } else {
                LockSupport.parkNanos(this, KEEP_NANOS - idle);
                Thread.interrupted();
            }
        }
    }

    /**
     * A submission wakes no carrier where it finds a task before its own, because whoever takes that one is to look at
     * the next. So a helper that leaves a queue with a task in it wakes a carrier.
     */
    private void wakeFor(Object left) {
        if (view.top(left) - view.base(left) > 0) {
            try {
                view.signalWork();
            } catch (OutOfMemoryError noThread) {
                // The thread that looks sees that the task waits, and tries again.
            }
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void serve(Object served) {
        long begun = System.nanoTime();
        for (long last = begun; System.nanoTime() - last < LINGER_NANOS && System.nanoTime() - begun < SERVE_NANOS;) {
            turns = turns + 1;   // this thread alone writes it
            if (view.runNext(served)) {
                last = System.nanoTime();
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS);
                Thread.interrupted();
            }
        }
    }
}
