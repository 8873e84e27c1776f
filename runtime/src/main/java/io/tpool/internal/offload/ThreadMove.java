package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Moves one virtual thread to a pool thread for each offloaded call, and back afterwards.
 *
 * <p>On the thread's first offloaded call its ThreadMove replaces the thread's task for good. It mounts the thread
 * where the task is run, unless a call is under way: then it queues the thread in the pool with a fresh
 * {@link MoveTicket}, and a pool thread mounts it. While the thread crosses, at the begin and at the end of a call,
 * the ThreadMove also replaces the thread's scheduler. So the platform thread from which the thread unmounts passes it
 * on at once.
 *
 * <h2>Protocol</h2>
 * Who may mount the thread is told at {@link ThreadCharge}. The {@link #phase} tells where the next mount belongs:
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
 * <p><b>Pinned.</b> A pinned thread does not unmount: the yield returns at once, and the phase is GOING still. A
 * thread close to the end of its stack does not try, see {@link StackHeadroom}.
 *
 * <p><b>Released.</b> Where no pool thread may come for a ticket, the ticket itself is sent to the home scheduler, and
 * stays in the queue until the home scheduler has accepted it. A carrier that runs the ticket claims it, and the call
 * runs there.
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
 *
 * <p><b>A home scheduler that throws</b> does not lose the thread at the end of a call: the pool thread mounts it once
 * more.
 */
final class ThreadMove extends ThreadCharge {
    private static final int GOING = 1;
    private static final int ABOARD = 2;
    static final int HOME = 3;
    private static final int PINNED = 4;
    private static final int RELEASED = 5;
    private static final int REJECTED = 6;
    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(ThreadMove.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@link ListedMethod#deep}, for calls through the API. */
    private static boolean apiDeep;

    /** Package-private: where the stack ends, {@link Offload} has no room for a call. */
    int phase = HOME;
    /** Number of the last ticket. */
    private long tickets;

    // Of the call under way, or the last one.
    private Pool pool;
    private ListedMethod method;
    private Object recorded;
    private long offeredAt;
    private long begunAt;
    private PoolThread carrier;
    private MoveTicket aboardWith;

    private ThreadMove(Thread thread) {
        super(thread);
    }

    /** The current thread's own; null before its first call. */
    private static ThreadMove of(Thread self) {
        return VirtualThreads.task(self) instanceof ThreadMove own ? own : null;
    }

    // ---- the thread itself ----

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
        if ((method != null ? method.deep() : apiDeep) && !StackHeadroom.isThere()) {
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
            calledFromDeepDown();
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

    // ---- the party in charge ----

    @Override
    boolean isPassedOn(long own, boolean onPool) {
        return switch (phase) {
            case GOING -> offer(own) || onPool && goesHome(own);
            case ABOARD -> !onPool && (resume(own) || isHomeless() && goesHome(own));
            default -> onPool && goesHome(own);
        };
    }

    @Override
    boolean crosses(long own) {
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
    void homeRefused() {
        pool.countThrown();
    }

    /** Offers the thread to the pool. False if it stays with the caller: the phase tells why. */
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

    /** Queues a thread that was parked inside its call. False if it stays with the caller. */
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
            calledFromDeepDown();
        }
        return frozen >= most;
    }

    /** True if the thread may have gone on a larger stack than carriers have, so that no carrier may mount it. */
    boolean isHomeless() {
        return begunAt != 0 && pool.stackSize() != 0
                && VirtualThreads.frozenBytes(thread, StackHeadroom.DEEP) >= StackHeadroom.DEEP;
    }

    private void calledFromDeepDown() {
        if (method != null) {
            method.calledFromDeepDown();
        } else if (!apiDeep) {
            apiDeep = true;
        }
    }

    // ---- the ticket's side ----

    /** By a pool thread that has polled the ticket. */
    void carry(MoveTicket ticket, PoolThread by) {
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

    /** By a carrier that the ticket was sent to: the call stays there. A call that has begun goes on there. */
    void release(MoveTicket ticket, Saturation how) {
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

    boolean isAboardWith(MoveTicket ticket) {
        return observedPhase() == ABOARD && aboardWith == ticket;
    }

    long begunAt() {
        return begunAt;
    }

    private int observedPhase() {
        return (int) PHASE.getOpaque(this);
    }
}
