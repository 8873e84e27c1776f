package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Saturation;
import io.tpool.pool.PoolTask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * The way of one virtual thread onto a pool thread and home again, for the duration of one call after the other.
 *
 * <p>A virtual thread has a task, its continuation, that is submitted to its scheduler whenever the thread is to go on; whoever runs
 * the task carries the thread. With the thread's first call its passage takes the place of that task, for good: it runs
 * the continuation where it is called, unless a call is under way. For a call the passage takes the place of the scheduler,
 * too, until the thread ("it") has unmounted. So it unmounts as at any yield, and its carrier submits it to the passage, which puts
 * itself into the pool's queue; a pool thread runs the continuation, and so carries it. At the end of the call it yields, and its
 * home scheduler carries it on.
 *
 * <p>A carrier without other work keeps an unmounted thread to itself, without asking the scheduler, and runs the passage next, with
 * the same effect. Whatever is submitted to the passage later is for the home scheduler. It puts its scheduler back as soon as
 * it goes on, before anybody else can see it.
 *
 * <h2>Protocol</h2>
 * <pre>
 *   HOME   -> GOING     it, at the begin of a call; so from PINNED, RELEASED and REJECTED, where calls have stayed
 *   GOING  -> QUEUED    execute() or run(), on a carrier: it has unmounted
 *   QUEUED -> ABOARD    a pool thread, just before it runs the continuation
 *   ABOARD -> QUEUED    run(), on a carrier: it had parked inside the call and is to go on; queued again
 *   ABOARD -> HOME      it, at the end of the call
 *   GOING  -> PINNED    it, still on its carrier after the yield
 *   QUEUED -> PINNED    execute() or run(), on a carrier: its stack is too large for a pool thread
 *   QUEUED -> PINNED    it, back on its carrier after a stack dump, see below
 *   QUEUED -> RELEASED, REJECTED   execute() or run(), which the pool refused; or the pool's watch, at saturation
 * </pre>
 * In HOME, PINNED, RELEASED and REJECTED run() runs the continuation where it is called. All changes but those that it makes itself
 * are made by compare-and-set: while it runs, nobody else has anything to do with the passage, but for the second submission
 * that a stack dump may leave behind.
 *
 * <p><b>Nothing is lost, nothing runs twice.</b> The JDK submits the task once for each time that the thread unmounts and becomes
 * runnable, whatever made it so (an unpark, an interrupt, a timeout, a released monitor), and each submission leads to one run
 * of the continuation: execute() either queues the passage or has it run, run() either queues it or runs the continuation itself, and
 * queued work is carried out or released. To run a continuation that is not runnable does nothing. The pool's queues hold the passage
 * at least once while it is QUEUED: each change to QUEUED adds it, each change away from it takes it out once, before or afterwards.
 * Held once too often it does nothing, or is carried earlier.
 *
 * <p><b>What is published.</b> Its own fields and changes of state are written before the thread unmounts and read by whoever has been
 * handed its task, so they need no fence of their own. What it did before the call happens-before what it does in it as with any
 * other change of carrier. An observer may see a call's fields together with the state of the next.
 *
 * <p><b>Pinned.</b> A pinned thread does not unmount: the yield returns at once, and the state is GOING still. A thread that is
 * close to the end of its stack does not even try, see {@link StackHeadroom}.
 *
 * <p><b>Children.</b> A virtual thread started inside the call has a task of its own and the scheduler of its parent, which is
 * its own again by then.
 *
 * <p><b>Stack dumps.</b> Up to JDK 26 a virtual thread whose stack is taken while it is unmounted may be submitted twice. The second
 * submission does nothing, unless the thread has unmounted again meanwhile: then it continues on whichever thread comes first; or
 * is about to unmount for a call: then the pool has it already when it does, and goes on with it as after a park.
 * So after a stack dump a call may run on its carrier that counts as offloaded, or a few instructions of the application on a pool
 * thread. Nothing is lost, and the thread is home when it has next unmounted.
 *
 * <p><b>Not asked</b> anywhere here is which carrier the current thread is on: compiled code may keep the answer over a yield.
 */
final class ThreadMove extends PoolTask implements Runnable, Executor {
    private static final int GOING = 1;
    private static final int QUEUED = 2;
    private static final int ABOARD = 3;
    /** This one and those above: no call is under way. */
    private static final int HOME = 4;
    private static final int PINNED = 5;
    private static final int RELEASED = 6;
    private static final int REJECTED = 7;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ThreadMove.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@link ListedMethod#deep}, for calls through the API. */
    private static boolean apiDeep;

    private final Thread thread;
    private final Runnable continuation;
    private final Executor home;
    private volatile int state = HOME;

    // of the call under way, or the last one
    private Pool pool;
    private ListedMethod method;
    private Object recorded;
    private long offeredAt;
    private long begunAt;
    private PoolThread carrier;

    private ThreadMove(Thread thread, Runnable continuation) {
        this.thread = thread;
        this.continuation = continuation;
        Executor scheduler = VirtualThreads.scheduler(thread);
        this.home = scheduler instanceof ThreadMove parents ? parents.home : scheduler;   // an error has left it there
    }

    /** The current thread's own; null before its first call. */
    private static ThreadMove of(Thread self) {
        return VirtualThreads.task(self) instanceof ThreadMove own ? own : null;
    }

    // ---- the thread's side ----

    /** Tells whether the current thread is in the middle of a passage. */
    static boolean isAboard(Thread self) {
        return VirtualThreads.isMovable(self) && of(self) instanceof ThreadMove own && own.isUnderWay();
    }

    private boolean isUnderWay() {
        return state < HOME;
    }

    /**
     * Takes the current thread to a pool thread.
     *
     * @param method null for a call through the API
     * @param self the current thread, movable
     * @return the passage if it has moved; {@link InPlaceCall} if the call runs here; null if it has moved before, and is on a pool
     *     thread already
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
        this.pool = pool;
        this.method = method;
        recorded = Offload.recording(method);
        offeredAt = System.nanoTime();
        begunAt = 0;
        return goAboard();
    }

    /** Where the stack ends here, nothing may be left half done: so what follows the yield makes no calls until all is well. */
    private Object goAboard() {
        boolean overflowed = false;
        try {
            STATE.setRelease(this, GOING);
            VirtualThreads.scheduler(thread, this);
            VirtualThreads.yield(thread);
        } catch (OutOfMemoryError unableToYield) {
            // as good as pinned: the state tells
        } catch (StackOverflowError unableToYield) {
            overflowed = true;
        }
        VirtualThreads.scheduler(thread, home);
        if (state == ABOARD) {
            return this;
        }
        if (state < ABOARD) {
            state = PINNED;
        }
        if (overflowed) {
            calledFromDeepDown();
        }
        return stayed();
    }

    private Object stayed() {
        if (state == REJECTED) {
            throw InPlaceCall.rejected(method, pool, recorded);
        }
        return new InPlaceCall(method, state == RELEASED ? Outcome.IN_PLACE : Outcome.PINNED, recorded);
    }

    /**
     * Takes the thread home.
     *
     * @param thrown what the call threw, or null
     */
    void end(Throwable thrown) {
        STATE.setRelease(this, HOME);
        count(thrown);
        try {
            Thread.yield();
        } catch (OutOfMemoryError | StackOverflowError unableToYield) {
            // home when it next unmounts
        }
    }

    private void count(Throwable thrown) {
        try {
            if (method != null) {
                method.offloaded(recorded, begunAt - offeredAt, System.nanoTime() - begunAt, thrown != null, carrier);
            }
            pool.countCompleted();
        } catch (OutOfMemoryError none) {
            // what the call returned is worth more than a figure
        }
    }

    // ---- the home scheduler's side ----

    /** In the place of the scheduler, while it unmounts: saves the way through the home scheduler's queue. */
    @Override
    public void execute(Runnable task) {
        if (task != this || !departs()) {
            home.execute(task);
        }
    }

    /** False if the pool does not take it, or has taken it before. */
    private boolean departs() {
        if (state != GOING || !STATE.compareAndSet(this, GOING, QUEUED)) {
            return false;
        }
        int stays = submit();
        return stays == QUEUED || !STATE.compareAndSet(this, QUEUED, stays);
    }

    /** In the place of the continuation: carries it to the pool, or runs it here when the passage is over. */
    @Override
    public void run() {
        if (departs()) {
            return;
        }
        if (!isUnderWay()) {
            continuation.run();
        } else if (STATE.compareAndSet(this, ABOARD, QUEUED)) {
            if (!resume() && STATE.compareAndSet(this, QUEUED, ABOARD)) {
                continuation.run();   // without a thread to go on, it goes on here and ends its passage here
            }
        }
    }

    /** QUEUED if the pool has taken it, else what it is now. */
    private int submit() {
        if (isTooLarge()) {
            return PINNED;
        }
        try {
            return switch (pool.submit(this)) {
                case TAKEN -> QUEUED;
                case INPLACE -> RELEASED;
                case REJECT -> REJECTED;
            };
        } catch (OutOfMemoryError none) {
            return RELEASED;
        }
    }

    private boolean isTooLarge() {
        long most = StackHeadroom.most(pool.stackSize());
        long frozen = VirtualThreads.frozenBytes(thread, most == Long.MAX_VALUE ? StackHeadroom.DEEP : Math.max(most, StackHeadroom.DEEP));
        if (frozen >= StackHeadroom.DEEP) {
            calledFromDeepDown();
        }
        return frozen >= most;
    }

    private void calledFromDeepDown() {
        if (method != null) {
            method.calledFromDeepDown();
        } else if (!apiDeep) {
            apiDeep = true;
        }
    }

    private boolean resume() {
        try {
            return pool.resume(this);
        } catch (OutOfMemoryError none) {
            return false;
        }
    }

    // ---- the pool's side ----

    @Override
    protected void carry(PoolThread thread) {
        if (STATE.compareAndSet(this, QUEUED, ABOARD)) {
            carrier = thread;
            if (begunAt == 0) {
                begunAt = System.nanoTime();
            }
            continuation.run();
        }
    }

    @Override
    protected boolean release(Saturation how) {
        if (outgrewHome() || !STATE.compareAndSet(this, QUEUED, how == Saturation.REJECT ? REJECTED : RELEASED)) {
            return false;
        }
        home.execute(continuation);
        return true;
    }

    /** It may have gone on a larger stack than carriers have. */
    private boolean outgrewHome() {
        return begunAt != 0 && pool.stackSize() != 0 && VirtualThreads.frozenBytes(thread, StackHeadroom.DEEP) >= StackHeadroom.DEEP;
    }

    // ---- for observers ----

    @Override
    public boolean ended() {
        return state == HOME;
    }

    @Override
    public Thread caller() {
        return thread;
    }

    @Override
    public long begunAt() {
        return begunAt;
    }

    @Override
    public String description() {
        return method != null ? method.name() : "TPool.execute";
    }
}
