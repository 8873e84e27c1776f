// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;

/**
 * One stay of a virtual thread in the queue of a pool. A party ends the stay by changing the thread's charge from this
 * ticket's number. After that the ticket does nothing, wherever it still lies. {@link ThreadDispatch} tells the
 * protocol.
 */
final class MoveTicket extends PoolTask implements Runnable {
    /** What the thread's charge is while it waits with this ticket: below zero, and never twice for one thread. */
    final long stay;
    final Pool pool;
    private final ThreadDispatch move;
    private final ListedMethod method;
    /** No carrier may mount the thread; asked while the thread cannot go on. */
    private final boolean homeless;
    /** The home scheduler has it, or is about to. */
    private volatile boolean sent;
    /** Published by the home scheduler. */
    private Saturation how;

    MoveTicket(ThreadDispatch move, long number, Pool pool, ListedMethod method, boolean hasBegun) {
        this.move = move;
        this.stay = -number;
        this.pool = pool;
        this.method = method;
        homeless = hasBegun && move.isHomeless();
    }

    @Override
    protected void carry(PoolThread thread) {
        move.carry(this, thread);
    }

    @Override
    public boolean mayRunInPlace() {
        return !homeless;
    }

    /**
     * Sends the ticket home, where a carrier ends the stay unless a pool thread comes first. Until then nothing has
     * changed, so nothing is lost if the home scheduler refuses. Sent twice, it does nothing the second time.
     */
    @Override
    protected boolean release(Saturation policy) {
        if (!move.isQueuedAs(stay)) {
            return true;   // the stay is over, however it came to its end
        }
        if (homeless || sent) {
            return false;
        }
        how = policy;
        sent = true;
        boolean accepted = false;
        try {
            move.home.execute(this);
            accepted = true;
        } finally {
            sent = accepted;
        }
        return true;
    }

    /** On a carrier. */
    @Override
    public void run() {
        move.release(this, how);
    }

    @Override
    public boolean ended() {
        return !move.isAboardWith(this);
    }

    @Override
    public Thread caller() {
        return move.thread;
    }

    @Override
    public long begunAt() {
        return move.begunAt();
    }

    @Override
    public String description() {
        return ListedMethod.nameOf(method);
    }
}
