// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands a call off to a pool and blocks the caller until the call has ended, or runs the call in place. The state of a
 * call that is handed off is a {@link HandedOffCall}.
 *
 * <p><b>Pinned.</b> A virtual thread that cannot unmount would keep its carrier while it waits, and may hold a lock
 * that the call needs. So the thread tries to unmount before it submits the call, and runs the call in place if it
 * cannot. A thread that waits with a limit does not try: at the end of its time it no longer keeps its carrier waiting.
 */
final class BlockingHandOff {
    private BlockingHandOff() {
    }

    /**
     * Runs the task on a thread of the pool and waits for it; in place on a pool thread, and where the caller is
     * pinned.
     *
     * @param method null for a call through the API
     * @param here what is called in place of the task where it does not leave the caller
     * @throws Exception the very object that the task threw; an Error as itself
     */
    static <T> T call(Pool pool, ListedMethod method, Callable<T> task, Callable<T> here) throws Exception {
        return call(new HandedOffCall<>(pool, method, task, HandedOffCall.NO_LIMIT), here);
    }

    /**
     * Runs the task on a thread of the pool, for the API, and waits for it no longer than so many nanoseconds.
     *
     * @throws TimeoutException if the task has not ended by then; it is dropped if it has not begun
     */
    static <T> T call(Pool pool, Callable<T> task, long nanos) throws Exception {
        return call(new HandedOffCall<>(pool, null, task, nanos), task);
    }

    private static <T> T call(HandedOffCall<T> handed, Callable<T> here) throws Exception {
        if (handed.caller instanceof PoolThread) {
            return here.call();
        }
        ListedMethod method = handed.method;
        if (!canWait(handed)) {
            return inPlace(new InPlaceCall(method, Outcome.PINNED, handed.recorded), here);
        }
        int became = handed.submitAndWait();
        if (became == HandedOffCall.REJECTED) {
            throw InPlaceCall.rejected(method, handed.pool, handed.recorded);
        }
        if (became == HandedOffCall.RELEASED) {
            return inPlace(new InPlaceCall(method, Outcome.IN_PLACE, handed.recorded), here);
        }
        return handed.result();
    }

    private static boolean canWait(HandedOffCall<?> handed) {
        if (!StackHeadroom.isThere()) {
            return false;
        }
        Thread caller = handed.caller;
        if (handed.limitNanos != HandedOffCall.NO_LIMIT || !caller.isVirtual() || !Offload.canMove(caller)) {
            return true;
        }
        boolean unmounts = VirtualThreads.unmounts(caller);
        if (!unmounts) {
            LockSupport.unpark(caller);   // trying has used up a permit
        }
        return unmounts;
    }

    /** Runs the task on the caller's carrier. */
    static <T> T inPlace(InPlaceCall stay, Callable<T> task) throws Exception {
        Throwable thrown = null;
        try {
            return task.call();
        } catch (Throwable e) {
            thrown = e;
            throw e;
        } finally {
            stay.end(thrown);
        }
    }
}
