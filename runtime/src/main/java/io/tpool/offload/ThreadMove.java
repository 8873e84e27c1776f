package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Saturation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * Moves one virtual thread to a pool thread for each offloaded call, and back afterwards.
 *
 * <p>A virtual thread has a task, its continuation. The JDK submits the task to the thread's scheduler whenever the thread becomes
 * runnable. Running the task mounts the thread. On the thread's first offloaded call its ThreadMove replaces the task for good.
 * The ThreadMove mounts the thread where the task is run, unless a call is under way: then it queues the thread in the pool,
 * and a pool thread mounts it. While the thread crosses, at the begin and at the end of a call, the ThreadMove also replaces the
 * thread's scheduler. So the platform thread from which the thread unmounts passes the thread on at once.
 *
 * <h2>Protocol</h2>
 * At any time at most one party is in <i>charge</i> of the thread. The charge is one word:
 * <pre>
 *   FREE          the thread is unmounted, and nobody is about to mount it
 *   HELD by X     platform thread X mounts the thread, or is about to, or has not yet returned from it
 *   HELD + AGAIN  as HELD; the task was submitted once more meanwhile
 *   QUEUED as N   the thread waits in the pool's queue, under a ticket with the number N
 *   RAW           the thread is mounted by its original task, as it was at its first call
 *
 *   FREE, RAW -> HELD    X, by compare-and-set: run(); RAW only while the thread is unmounted
 *   HELD -> QUEUED       X, by a write, when the thread is runnable and a pool is to mount it
 *   QUEUED -> HELD       by compare-and-set: a pool thread that polled the ticket, a carrier that the ticket was sent to, or
 *                        X itself where the pool does not take the ticket
 *   HELD -> AGAIN        anybody who runs the task, by compare-and-set
 *   HELD -> FREE         X, by compare-and-set, when the thread has unmounted and is not runnable as far as X knows
 *   AGAIN -> HELD        X, by a write: X acts on that submission as on its own
 *   HELD, AGAIN -> FREE  X, by a write, before it submits the task to the home scheduler itself
 * </pre>
 * Each ticket has a number of its own and belongs to one stay in one queue. A stay that is over never comes back, so a late reader of
 * the queue cannot take a later call for an earlier one.
 *
 * <p>The party in charge alone mounts the thread, and it alone changes the other fields. The thread itself changes them while it is
 * mounted: it acts under the charge of its mounter. The {@link #phase} tells where the next mount belongs:
 * <pre>
 *   HOME      at home; no call is under way
 *   GOING     the thread begins a call and has not unmounted yet. Its next mount belongs to the pool
 *   ABOARD    the call runs on the pool, also while the thread is parked inside it
 *   PINNED, RELEASED, REJECTED   the call stays at home, and why
 *
 *   any but ABOARD -> GOING          the thread, in begin()
 *   GOING -> ABOARD                  the pool thread that claimed the ticket, before it mounts the thread
 *   GOING -> PINNED                  X, where the stack is too large for the pool; the thread, if it did not unmount
 *   GOING -> RELEASED, REJECTED      X, where the pool refused; the carrier that claimed a ticket which was sent home
 *   ABOARD -> HOME                   the thread, in end()
 * </pre>
 *
 * <p><b>Nothing is lost.</b> The JDK submits the task once for each time that the thread becomes runnable. Each submission ends in
 * run() or execute(). These find the charge FREE and act at once; or QUEUED, and the thread will be mounted later than now; or
 * HELD, and leave AGAIN, which its holder acts on after it has unmounted the thread. A holder gives the charge up only as FREE, when
 * no submission came, or by passing the thread on. A queued ticket stays in its queue until it has been claimed, or the home
 * scheduler has accepted it and will claim it.
 *
 * <p><b>Nothing runs twice.</b> To mount a thread that is not runnable does nothing. Between the claim of a ticket and the
 * mount nobody else may mount the thread. So it runs on a thread of the pool of its call, or at home.
 *
 * <p><b>What is published.</b> Writes before the charge is given up happen-before whatever the next party does: each change of the charge
 * is volatile. Observers read {@link #phase} without a fence and may be late.
 *
 * <p><b>Pinned.</b> A pinned thread does not unmount: the yield returns at once, and the phase is GOING still. A thread close to the end of
 * its stack does not try, see {@link StackHeadroom}.
 *
 * <p><b>Children.</b> A virtual thread started inside the call has a task of its own. It inherits its parent's scheduler, which is
 * the home scheduler again by then.
 *
 * <p><b>Stack dumps.</b> Up to JDK 26 the stack dump of an unmounted thread submits the task a second time. That is one more run() or
 * execute() at any moment, which the charge absorbs. One gap remains. A thread's original task that was submitted by a stack dump
 * before the thread's first call may still be queued during that call. It mounts the thread without the charge. The call then runs
 * at home and counts as offloaded, or the thread leaves the pool thread at its next unmount. Nothing is lost.
 *
 * <p><b>A home scheduler that throws</b> does not lose the thread at the end of a call: the pool thread mounts it once more.
 *
 * <p>The current carrier is never asked for here: compiled code may keep the answer over a yield.
 */
final class ThreadMove implements Runnable, Executor {
    private static final long FREE = 0;
    private static final long AGAIN = 1;
    private static final long RAW = 1;

    private static final int GOING = 1;
    private static final int ABOARD = 2;
    private static final int HOME = 3;
    private static final int PINNED = 4;
    private static final int RELEASED = 5;
    private static final int REJECTED = 6;

    private static final VarHandle CHARGE;
    private static final VarHandle PHASE;

    static {
        try {
            CHARGE = MethodHandles.lookup().findVarHandle(ThreadMove.class, "charge", long.class);
            PHASE = MethodHandles.lookup().findVarHandle(ThreadMove.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@link ListedMethod#deep}, for calls through the API. */
    private static boolean apiDeep;

    final Thread thread;
    private final Runnable continuation;
    private final Executor home;

    private volatile long charge = RAW;
    private int phase = HOME;

    // Of the party in charge.
    /** Number of the last ticket. */
    private long tickets;
    /** The thread stays: the platform thread that it is unmounting from is to mount it again. */
    private boolean stays;

    // Of the call under way, or the last one.
    private Pool pool;
    private ListedMethod method;
    private Object recorded;
    private long offeredAt;
    private long begunAt;
    private PoolThread carrier;
    private MoveTicket aboardWith;

    private ThreadMove(Thread thread, Runnable continuation) {
        this.thread = thread;
        this.continuation = continuation;
        Executor scheduler = VirtualThreads.scheduler(thread);
        this.home = scheduler instanceof ThreadMove parents ? parents.home : scheduler;   // an Error has left it there
    }

    /** The current thread's own; null before its first call. */
    private static ThreadMove of(Thread self) {
        return VirtualThreads.task(self) instanceof ThreadMove own ? own : null;
    }

    // ---- the thread itself ----

    /** Tells whether a call of the current thread is under way on the pool. */
    static boolean isAboard(Thread self) {
        return VirtualThreads.isMovable(self) && of(self) instanceof ThreadMove own && own.isUnderWay();
    }

    private boolean isUnderWay() {
        return phase <= ABOARD;
    }

    /**
     * Takes the current thread to a pool thread.
     *
     * @param method null for a call through the API
     * @param self the current thread, movable
     * @return the ThreadMove if the thread has moved; {@link InPlaceCall} if the call runs here; null if the thread had moved before, and
     *     is on a pool thread already
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
            own = new ThreadMove(self, VirtualThreads.task(self));
            VirtualThreads.task(self, own);
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
        boolean overflowed = goAboard();
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
            whole = true;
        } finally {
            if (!whole) {
                phase = HOME;   // the call runs where it is, and nobody will end it
            }
        }
        return overflowed;
    }

    /**
     * Unmounts the thread with the ThreadMove in the place of its scheduler. Where the stack ends in the yield, there is room still to
     * put the scheduler back, because there was room to replace it.
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
        if (replaced) {
            VirtualThreads.scheduler(thread, home);
        }
        return overflowed;
    }

    /**
     * Takes the thread home.
     *
     * @param thrown what the call threw, or null
     */
    void end(Throwable thrown) {
        phase = HOME;   // from here on the thread goes home when it next unmounts, whatever fails
        count(thrown);
        cross(false);
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

    // ---- whoever submits the task or runs it ----

    /** In the place of the scheduler, while the thread crosses: called by the platform thread from which it has just unmounted. */
    @Override
    public void execute(Runnable task) {
        long own = held(Thread.currentThread());
        long now = charge;
        if (task != this) {
            home.execute(task);
        } else if ((now & ~AGAIN) == own) {
            crossFromWithin(own);
        } else if (now == RAW && !VirtualThreads.isMounted(thread) && CHARGE.compareAndSet(this, RAW, own)) {
            crossFirst(own);
        } else {
            home.execute(this);
        }
    }

    /** The current platform thread has still to return to {@link #mount}, which looks at what is left here. */
    private void crossFromWithin(long own) {
        int now = phase;
        if (now == ABOARD) {
            charge = own | AGAIN;
        } else if (!(now == GOING ? offer(own) : goHome(own))) {
            stays = true;   // not to be written once the thread has been passed on
        }
    }

    /** The thread has unmounted from its original task: there is no {@link #mount} to return to. */
    private void crossFirst(long own) {
        if (phase == GOING && offer(own)) {
            return;
        }
        charge = FREE;
        home.execute(this);
    }

    /** In the place of the continuation. */
    @Override
    public void run() {
        long own = held(Thread.currentThread());
        for (;;) {
            long now = charge;
            if (now == FREE || now == RAW && !VirtualThreads.isMounted(thread)) {
                if (CHARGE.compareAndSet(this, now, own)) {
                    goOn(own);
                    return;
                }
            } else if ((now & ~AGAIN) == own) {   // a scheduler that runs tasks where they are submitted
                charge = own;
                goOn(own);
                return;
            } else if (now < 0 || (now & AGAIN) != 0 || CHARGE.compareAndSet(this, now, now | AGAIN)) {
                return;
            }
        }
    }

    private static long held(Thread platform) {
        return platform.threadId() << 1;
    }

    // ---- the party in charge ----

    /** The thread is runnable, for all that is known: a carrier mounts it, or passes it on. */
    private void goOn(long own) {
        if (!isPassedOn(own, false)) {
            mount(own, false);
        }
    }

    /** Passes the thread on if its next mount does not belong to the calling platform thread. */
    private boolean isPassedOn(long own, boolean onPool) {
        return switch (phase) {
            case GOING -> offer(own) || onPool && goHome(own);
            case ABOARD -> !onPool && (resume(own) || isHomeless() && goHome(own));
            default -> onPool && goHome(own);
        };
    }

    /** Mounts the thread until it has unmounted and nothing is left to do for it here. */
    private void mount(long own, boolean onPool) {
        do {
            boolean returned = false;
            try {
                continuation.run();
                returned = true;
            } finally {
                if (!returned && (charge & ~AGAIN) == own && !goHome(own)) {
                    charge = FREE;
                }
            }
        } while (goesOnHere(own, onPool));
    }

    /** After an unmount: gives the charge up, unless the thread is to be mounted here once more. */
    private boolean goesOnHere(long own, boolean onPool) {
        long now = charge;
        if ((now & ~AGAIN) != own) {
            return false;   // passed on
        }
        if (stays) {
            stays = false;
            return true;
        }
        if (now == own && CHARGE.compareAndSet(this, own, FREE)) {
            return false;
        }
        charge = own;   // the task was submitted while the thread was mounted
        return !isPassedOn(own, onPool) && (onPool || phase == ABOARD || !goHome(own));
    }

    /** True if the home scheduler has the task, or somebody else has the charge; false if the thread is still the caller's. */
    private boolean goHome(long own) {
        charge = FREE;
        try {
            home.execute(this);
            return true;
        } catch (Throwable refused) {
            boolean back = CHARGE.compareAndSet(this, FREE, own);
            pool.countThrown();
            return !back;
        }
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
            charge = ticket.stay;
            answer = pool.submit(ticket);
        } catch (Throwable unable) {
            // No memory for it.
        }
        if (answer == Pool.Answer.TAKEN || ticket != null && !takeBack(ticket, own)) {
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
            charge = ticket.stay;
            taken = pool.resume(ticket);
        } catch (Throwable unable) {
            // No memory for it.
        }
        return taken || ticket != null && !takeBack(ticket, own);
    }

    /** False if the stay is over: somebody else is in charge. */
    private boolean takeBack(MoveTicket ticket, long own) {
        return CHARGE.compareAndSet(this, ticket.stay, own);
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
        if (!CHARGE.compareAndSet(this, ticket.stay, own)) {
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
        if (!CHARGE.compareAndSet(this, ticket.stay, own)) {
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

    void sendHome(MoveTicket ticket) {
        home.execute(ticket);
    }

    boolean isWaiting(MoveTicket ticket) {
        return charge == ticket.stay;
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
