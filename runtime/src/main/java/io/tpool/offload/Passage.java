package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Saturation;
import io.tpool.pool.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * The way of one virtual thread onto a pool thread and home again, for the duration of one call.
 *
 * <p>A virtual thread has a task, its continuation, that is submitted to its scheduler whenever the thread is to go on; whoever runs
 * the task carries the thread. For the duration of the call the passage takes the place of that task, and until the thread ("it") has
 * unmounted that of the scheduler, too. So it unmounts as at any yield, and its carrier submits it to the passage, which puts it into
 * the pool's queue; a pool thread runs the continuation, and so carries it. At the end of the call it puts its task back and
 * yields, and its home scheduler carries it on.
 *
 * <p>A carrier without other work keeps an unmounted thread to itself, without asking the scheduler, and runs the passage next, with
 * the same effect. Whatever is submitted to the passage later is for the home scheduler. It puts its scheduler back as soon as
 * it goes on, before anybody else can see it.
 *
 * <h2>Protocol</h2>
 * <pre>
 *   GOING  -> QUEUED    execute() or run(), on a carrier: it has unmounted
 *   QUEUED -> ABOARD    a pool thread, just before it runs the continuation
 *   ABOARD -> QUEUED    run(), on a carrier: it had parked inside the call and is to go on; queued again
 *   ABOARD -> HOME      it, at the end of the call
 *   GOING  -> PINNED    it, still on its carrier after the yield
 *   QUEUED -> PINNED    execute() or run(), on a carrier: its stack is too large for a pool thread
 *   QUEUED -> PINNED    it, back on its carrier after a stack dump, see below
 *   QUEUED -> RELEASED, REJECTED   execute() or run(), which the pool refused; or the pool's watch, at saturation
 * </pre>
 * From HOME, PINNED, RELEASED and REJECTED nothing leads away, and run() then runs the continuation where it is called. All changes
 * but those that it makes itself are made by compare-and-set: while it runs, nobody else has anything to do with the passage, but
 * for the second submission that a stack dump may leave behind.
 *
 * <p><b>Nothing is lost, nothing runs twice.</b> The JDK submits the task once for each time that the thread unmounts and becomes
 * runnable, whatever made it so (an unpark, an interrupt, a timeout, a released monitor), and each submission leads to one run
 * of the continuation: execute() either queues the passage or has it run, run() either queues it or runs the continuation itself, and
 * queued work is carried out or released. To run a continuation that is not runnable does nothing.
 *
 * <p><b>What is published.</b> The fields are written before the thread unmounts and read by whoever has been handed its task. What
 * it did before the call happens-before what it does in it as with any other change of carrier.
 *
 * <p><b>Pinned.</b> A pinned thread does not unmount: the yield returns at once, and the state is GOING still. A thread that is
 * close to the end of its stack does not even try, see {@link StackRoom}.
 *
 * <p><b>Children.</b> A virtual thread started inside the call has a task of its own and the scheduler of its parent, which is
 * its own again by then.
 *
 * <p><b>Stack dumps.</b> Up to JDK 26 a virtual thread whose stack is taken while it is unmounted may be submitted twice. The second
 * submission does nothing, unless the thread has unmounted again meanwhile: then it continues on whichever thread comes first.
 * So after a stack dump a call may run on its carrier that counts as offloaded, or a few instructions of the application on a pool
 * thread. Nothing is lost, and the thread is home when it has next unmounted.
 *
 * <p><b>Not asked</b> anywhere here is which carrier the current thread is on: compiled code may keep the answer over a yield.
 */
final class Passage extends Work implements Runnable, Executor {
    private static final int GOING = 0;
    private static final int QUEUED = 1;
    private static final int ABOARD = 2;
    private static final int HOME = 3;
    private static final int PINNED = 4;
    private static final int RELEASED = 5;
    private static final int REJECTED = 6;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Passage.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@link ListedMethod#deep}, for calls through the API. */
    private static boolean apiDeep;

    private final Pool pool;
    private final ListedMethod method;
    private final Thread thread;
    private final Runnable continuation;
    private final Executor home;
    private final Object recorded;
    private final long offeredAt = System.nanoTime();
    private volatile int state;
    private PoolThread carrier;
    private long begunAt;
    private boolean overflowed;

    private Passage(Pool pool, ListedMethod method, Thread thread, Runnable continuation) {
        this.pool = pool;
        this.method = method;
        this.thread = thread;
        this.continuation = continuation;
        Executor scheduler = VirtualThreads.scheduler(thread);
        this.home = scheduler instanceof Passage earlier ? earlier.home : scheduler;   // as with the task
        this.recorded = Offload.recording(method);
    }

    // ---- the thread's side ----

    /** Tells whether the current thread is in the middle of a passage. */
    static boolean isAboard(Thread self) {
        return VirtualThreads.isMovable(self) && VirtualThreads.task(self) instanceof Passage passage && passage.isUnderWay();
    }

    private boolean isUnderWay() {
        return state < HOME;
    }

    /**
     * Takes the current thread to a pool thread.
     *
     * @param method null for a call through the API
     * @param self the current thread, movable
     * @return the passage if it has moved; {@link InPlace} if the call runs here; null if it has moved before, and is on a pool
     *     thread already
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    static Object begin(Pool pool, ListedMethod method, Thread self) {
        Runnable task = VirtualThreads.task(self);
        if (task instanceof Passage earlier) {
            if (earlier.isUnderWay()) {
                return null;
            }
            task = earlier.continuation;   // an error has left it in the place of the task
        }
        if ((method != null ? method.deep() : apiDeep) && !StackRoom.isThere()) {
            return new InPlace(method, Outcome.PINNED, Offload.recording(method));
        }
        return new Passage(pool, method, self, task).goAboard();
    }

    /** Where the stack ends here, nothing may be left half done: so what follows the yield makes no calls until all is well. */
    private Object goAboard() {
        try {
            VirtualThreads.task(thread, this);
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
        VirtualThreads.task(thread, continuation);
        if (overflowed) {
            calledFromDeepDown();
        }
        return stayed();
    }

    private Object stayed() {
        if (state == REJECTED) {
            throw InPlace.rejected(method, pool, recorded);
        }
        return new InPlace(method, state == RELEASED ? Outcome.IN_PLACE : Outcome.PINNED, recorded);
    }

    /**
     * Takes the thread home.
     *
     * @param thrown what the call threw, or null
     */
    void end(Throwable thrown) {
        VirtualThreads.task(thread, continuation);
        state = HOME;
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
        if (!departs()) {
            home.execute(task);
        }
    }

    /** False if the pool does not take it, or has taken it before. */
    private boolean departs() {
        if (!STATE.compareAndSet(this, GOING, QUEUED)) {
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
        if (state >= HOME) {
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
        long most = StackRoom.most(pool.stackSize());
        long frozen = VirtualThreads.frozenBytes(thread, most == Long.MAX_VALUE ? StackRoom.DEEP : Math.max(most, StackRoom.DEEP));
        if (frozen >= StackRoom.DEEP) {
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
        carrier = thread;
        if (begunAt == 0) {
            begunAt = System.nanoTime();
        }
        if (STATE.compareAndSet(this, QUEUED, ABOARD)) {
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
        return begunAt != 0 && pool.stackSize() != 0 && VirtualThreads.frozenBytes(thread, StackRoom.DEEP) >= StackRoom.DEEP;
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
