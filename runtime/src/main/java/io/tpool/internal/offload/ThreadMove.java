// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;

/**
 * Moves one virtual thread to a pool thread for each offloaded call, and back afterwards.
 *
 * <p>On the thread's first offloaded call its ThreadMove replaces the thread's task for good. Three classes share the
 * work: {@link ThreadCharge} tells who may mount the thread, {@link ThreadDispatch} where its next mount belongs. This
 * class holds what the thread itself does: it begins and ends each call.
 *
 * <h2>Protocol</h2>
 * To cross to the pool, or home, the thread sets the {@link #phase} first: GOING in {@link #begin}, HOME in
 * {@link #end}. Then it replaces its scheduler by the ThreadMove and yields. So the platform thread from which the
 * thread unmounts submits the task to the ThreadMove, which passes the thread on at once. When the yield returns, the
 * thread is mounted again, and puts the home scheduler back. After begin() the phase tells what became of the call:
 * <pre>
 *   ABOARD     the call runs on the pool, and end() takes the thread home
 *   GOING      the thread did not unmount: the thread sets PINNED, and the call runs in place
 *   PINNED, RELEASED   the call runs in place
 *   REJECTED   the call fails
 * </pre>
 *
 * <p><b>Pinned.</b> A pinned thread does not unmount: the yield returns at once, and the phase is GOING still. A
 * thread close to the end of its stack does not try, see {@link StackHeadroom}.
 *
 * <p><b>Errors.</b> Where an Error ends the crossing in begin(), the thread sets HOME: the call runs where it is, and
 * nobody ends it. Where the stack ends in end(), {@link Offload} sets HOME. So the thread goes home when it next
 * unmounts.
 *
 * <p><b>Children.</b> A virtual thread started inside the call has a task of its own. It inherits its parent's
 * scheduler, which is the home scheduler again by then.
 *
 * <p><b>Stack dumps.</b> Up to JDK 26 a thread may be mounted once without the charge, see {@link ThreadCharge}. Where
 * that happens as the thread begins a call, the call runs in place, and its ticket is void. Where it happens inside a
 * call, the rest of the call runs at home.
 *
 * <p><b>JNA's last error</b> belongs to the platform thread. A call whose class mentions JNA reads it before each
 * crossing and writes it after, see {@link JnaLastError}; nothing of the protocol depends on it.
 */
final class ThreadMove extends ThreadDispatch {
    private Object recorded;
    private long offeredAt;

    private ThreadMove(Thread thread) {
        super(thread);
    }

    /** The current thread's own; null before its first call. */
    private static ThreadMove of(Thread self) {
        return VirtualThreads.task(self) instanceof ThreadMove own ? own : null;
    }

    /** Tells whether a call of the current thread is under way on the pool. */
    static boolean isAboard(Thread self) {
        return VirtualThreads.isMovable(self) && VirtualThreads.task(self) instanceof ThreadMove own
            && own.isUnderWay();
    }

    private boolean isUnderWay() {
        return phase <= ABOARD;
    }

    /**
     * Takes the current thread to a pool thread.
     *
     * @param method null for a call through the API
     * @param self the current thread, movable
     * @return the ThreadMove if the thread has moved; {@link InPlaceCall} if the call runs here; null if the thread
     *     had moved before, and is on a pool thread already
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    static Object begin(Pool pool, ListedMethod method, Thread self) {
        ThreadMove own = of(self);
        if (own != null && own.isUnderWay()) {
            return null;
        }
        if (StackHeadroom.isTriedOut(method) && !StackHeadroom.isThere()) {
            return new InPlaceCall(method, Outcome.PINNED, Offload.recording(method));
        }
        if (own == null) {
            own = new ThreadMove(self);
            VirtualThreads.task(self, own);
        } else {
            own.isMountedInCharge();
        }
        return own.begin(pool, method);
    }

    private Object begin(Pool pool, ListedMethod method) {
        Object recording = Offload.recording(method);
        this.pool = pool;
        this.method = method;
        recorded = recording;
        offeredAt = System.nanoTime();
        begunAt = 0;
        JnaLastError jna = method == null ? null : method.jnaLastError();
        long lastError = jna == null ? JnaLastError.NONE : jna.read();
        boolean overflowed = goAboard();
        if (jna != null) {
            jna.write(lastError);
        }
        int now = phase;
        if (now == ABOARD) {
            return this;
        }
        if (now == GOING) {
            phase = PINNED;
        }
        if (overflowed) {
            StackHeadroom.calledFromDeepDown(method);
        }
        if (now == REJECTED) {
            throw InPlaceCall.rejected(method, pool, recorded);
        }
        return new InPlaceCall(method, now == RELEASED ? Outcome.IN_PLACE : Outcome.PINNED, recorded);
    }

    /** True if the stack ended here. */
    private boolean goAboard() {
        boolean whole = false;
        boolean overflowed = false;
        phase = GOING;
        try {
            overflowed = cross(true);
            if (!isMountedInCharge()) {
                phase = PINNED;
            }
            whole = true;
        } finally {
            if (!whole) {
                phase = HOME;   // the call runs where it is, and nobody will end it
            }
        }
        return overflowed;
    }

    /**
     * Unmounts the thread with the ThreadMove in the place of its scheduler. Where the stack ends in the yield, there
     * is room still to put the scheduler back, because there was room to replace it.
     *
     * @return true if the stack ended here
     */
    private boolean cross(boolean going) {
        boolean overflowed = false;
        boolean replaced = false;
        try {
            VirtualThreads.scheduler(thread, this);
            replaced = true;
            if (going) {
                VirtualThreads.yield(thread);
            } else {
                Thread.yield();
            }
        } catch (OutOfMemoryError unableToYield) {
            // As good as pinned: the phase tells.
        } catch (StackOverflowError unableToYield) {
            overflowed = true;
        }
        for (int attempts = 0; replaced && attempts < 2; attempts++) {
            try {
                VirtualThreads.scheduler(thread, home);
                replaced = false;
            } catch (StackOverflowError unlikely) {
                overflowed = true;
            }
        }
        return overflowed;
    }

    /**
     * Takes the thread home.
     *
     * @param thrown what the call threw, or null
     */
    void end(Throwable thrown) {
        JnaLastError jna = method == null ? null : method.jnaLastError();
        if (jna == null) {
            goHome(thrown);
            return;
        }
        long lastError = jna.read();
        try {
            goHome(thrown);
        } finally {
            jna.write(lastError);
        }
    }

    private void goHome(Throwable thrown) {
        boolean onPool = isMountedInCharge();   // else it is at home already, and no ticket waits for it from here on
        phase = HOME;   // from here on the thread goes home when it next unmounts, whatever fails
        count(thrown);
        if (onPool) {
            cross(false);
        }
    }

    private void count(Throwable thrown) {
        try {
            if (method != null) {
                method.offloaded(recorded, begunAt - offeredAt, System.nanoTime() - begunAt, thrown != null, carrier);
            }
            pool.countCompleted();
            aboardWith.leavePool();
        } catch (OutOfMemoryError | StackOverflowError noRoom) {
            // What the call returned is worth more than a figure.
        }
    }
}
