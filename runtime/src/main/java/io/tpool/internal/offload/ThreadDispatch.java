// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Decides which platform thread mounts a virtual thread next: a pool thread while a call is under way, else a carrier
 * of the home scheduler. {@link ThreadCharge} tells who may mount the thread at all. {@link ThreadMove} begins and ends
 * the calls, in the virtual thread itself.
 *
 * <h2>Protocol</h2>
 * The {@link #phase} tells where the next mount belongs:
 * <pre>
 *   HOME      at home; no call is under way
 *   GOING     the thread begins a call and has not unmounted yet. Its next mount belongs to the pool
 *   ABOARD    the call runs on the pool, also while the thread is parked inside it
 *   PINNED, RELEASED, REJECTED   the call stays at home, and why
 *
 *   any but ABOARD -> GOING        the thread, in begin()
 *   GOING -> ABOARD                the pool thread that claimed the ticket, before it mounts the thread
 *   GOING -> PINNED                the party in charge, where the stack is too large; the thread, if it did not unmount
 *   GOING, ABOARD -> PINNED        the thread, in begin(), where it finds itself mounted without the charge
 *   GOING -> RELEASED, REJECTED    the party in charge, where the pool refused; the carrier that claimed a ticket sent
 *                                  home
 *   GOING, ABOARD -> HOME          the thread, in begin() where an Error leaves it, else in end()
 * </pre>
 * The phase and the fields of the call are written by the party in charge, or by the mounted thread. Observers read
 * the phase without a fence and may be late.
 *
 * <p><b>Tickets.</b> To pass the thread on to the pool, the party in charge makes a fresh {@link MoveTicket}, gives the
 * charge to the ticket, and submits the ticket to the pool. If the pool does not take the ticket, the party claims the
 * ticket itself and is in charge again.
 *
 * <p><b>Released.</b> Where no pool thread may come for a ticket, the ticket itself is sent to the home scheduler, and
 * stays in the queue until the home scheduler has accepted it. A carrier that runs the ticket claims it. A call that
 * has begun goes on there. A call that has not begun runs there too, or fails, as the pool's policy says.
 *
 * <p><b>A home scheduler that throws</b> does not lose the thread at the end of a call: the pool thread mounts the
 * thread once more.
 */
abstract class ThreadDispatch extends ThreadCharge {
    static final int GOING = 1;
    static final int ABOARD = 2;
    static final int HOME = 3;
    static final int PINNED = 4;
    static final int RELEASED = 5;
    static final int REJECTED = 6;
    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(ThreadDispatch.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Package-private: where the stack ends, {@link Offload} has no room for a call. */
    int phase = HOME;
    /** Number of the last ticket. */
    private long tickets;

    // Of the call under way, or the last one.
    Pool pool;
    ListedMethod method;
    long begunAt;
    PoolThread carrier;
    MoveTicket aboardWith;

    ThreadDispatch(Thread thread) {
        super(thread);
    }

    // ---- the party in charge ----

    @Override
    final boolean isPassedOn(long own, boolean onPool) {
        return switch (phase) {
            case GOING -> offer(own) || onPool && goesHome(own);
            case ABOARD -> !onPool && (resume(own) || isHomeless() && goesHome(own));
            default -> onPool && goesHome(own);
        };
    }

    @Override
    final boolean crosses(long own) {
        return switch (phase) {
            case GOING -> offer(own);
            case ABOARD -> {
                noteSubmission(own);
                yield true;
            }
            default -> goesHome(own);
        };
    }

    @Override
    final void homeRefused() {
        pool.countThrown();
    }

    /** Offers the thread to the pool. False if the thread stays with the caller: the phase tells why. */
    private boolean offer(long own) {
        if (isTooLarge()) {
            phase = PINNED;
            return false;
        }
        Pool.Answer answer = Pool.Answer.INPLACE;
        MoveTicket ticket = null;
        try {
            ticket = new MoveTicket(this, ++tickets, pool, method, false);
            queueAs(ticket.stay);
            answer = pool.submit(ticket);
        } catch (Throwable unable) {
            // No memory for it.
        }
        if (answer == Pool.Answer.TAKEN || ticket != null && !claims(ticket.stay, own)) {
            return true;
        }
        phase = answer == Pool.Answer.REJECT ? REJECTED : RELEASED;
        return false;
    }

    /** Queues a thread that was parked inside its call. False if the thread stays with the caller. */
    private boolean resume(long own) {
        MoveTicket ticket = null;
        boolean taken = false;
        try {
            ticket = new MoveTicket(this, ++tickets, pool, method, true);
            queueAs(ticket.stay);
            taken = pool.resume(ticket);
        } catch (Throwable unable) {
            // No memory for it.
        }
        return taken || ticket != null && !claims(ticket.stay, own);
    }

    private boolean isTooLarge() {
        long most = StackHeadroom.most(pool.stackSize());
        long enough = most == Long.MAX_VALUE ? StackHeadroom.DEEP : Math.max(most, StackHeadroom.DEEP);
        long frozen = VirtualThreads.frozenBytes(thread, enough);
        if (frozen >= StackHeadroom.DEEP) {
            StackHeadroom.calledFromDeepDown(method);
        }
        return frozen >= most;
    }

    /** True if the thread may have gone on a larger stack than carriers have, so that no carrier may mount it. */
    final boolean isHomeless() {
        return begunAt != 0 && pool.stackSize() != 0
                && VirtualThreads.frozenBytes(thread, StackHeadroom.DEEP) >= StackHeadroom.DEEP;
    }

    // ---- the ticket's side ----

    /** By a pool thread that has polled the ticket. */
    final void carry(MoveTicket ticket, PoolThread by) {
        long own = held(by);
        long now = System.nanoTime();
        if (!claims(ticket.stay, own)) {
            return;
        }
        phase = ABOARD;   // no calls between the claim and the mount, which could fail
        aboardWith = ticket;
        carrier = by;
        if (begunAt == 0) {
            begunAt = now;
        }
        mount(own, true);
    }

    /** By a carrier that the ticket was sent to, and that mounts the thread if no pool thread came first. */
    final void release(MoveTicket ticket, Saturation how) {
        long own = held(Thread.currentThread());
        if (!claims(ticket.stay, own)) {
            return;
        }
        boolean refused = phase == GOING && how == Saturation.REJECT;
        if (phase == GOING) {
            phase = refused ? REJECTED : RELEASED;
        }
        try {
            ticket.leavePool();
            if (refused) {
                ticket.pool.countRejected();
            }
        } catch (OutOfMemoryError | StackOverflowError noRoom) {
            // The thread is worth more than a figure.
        }
        mount(own, false);
    }

    // ---- for observers ----

    final boolean isAboardWith(MoveTicket ticket) {
        return (int) PHASE.getOpaque(this) == ABOARD && aboardWith == ticket;
    }

    final long begunAt() {
        return begunAt;
    }
}
