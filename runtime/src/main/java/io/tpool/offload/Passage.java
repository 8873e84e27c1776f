package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Saturation;
import io.tpool.pool.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The way of one virtual thread onto a pool thread and home again, for the duration of one call.
 *
 * <p>A virtual thread has a task, its continuation, that is submitted to its scheduler whenever the thread is to go on; whoever runs
 * the task carries the thread. For the duration of the call the passage takes the place of that task. So the thread ("it")
 * unmounts and is submitted as at any yield; a carrier of its home scheduler runs the passage, which takes no longer than to
 * put it into the pool's queue; a pool thread runs the continuation, and so carries it. At the end of the call it puts its task back
 * and yields, and its home scheduler carries it on.
 *
 * <h2>Protocol</h2>
 * <pre>
 *   GOING  -> QUEUED    run(), on a carrier: it has unmounted
 *   QUEUED -> ABOARD    a pool thread, just before it runs the continuation
 *   ABOARD -> QUEUED    run(), on a carrier: it had parked inside the call and is to go on; queued again
 *   ABOARD -> HOME      it, at the end of the call
 *   GOING  -> PINNED    it, still on its carrier after the yield
 *   QUEUED -> PINNED    it, back on its carrier after a stack dump, see below
 *   QUEUED -> RELEASED, REJECTED   run(), which the pool refused; or the pool's watch, at saturation
 * </pre>
 * From HOME, PINNED, RELEASED and REJECTED nothing leads away, and run() then runs the continuation where it is called. All changes
 * but the one to HOME are made by compare-and-set.
 *
 * <p><b>Nothing is lost, nothing runs twice.</b> The JDK submits the task once for each time that the thread unmounts and becomes
 * runnable, whatever made it so (an unpark, an interrupt, a timeout, a released monitor), and each submission leads to one run
 * of the continuation: run() either queues the passage or runs the continuation itself, and queued work is carried out or
 * released. To run a continuation that is not runnable does nothing.
 *
 * <p><b>What is published.</b> The fields are written before the thread unmounts and read by whoever has been handed its task. What
 * it did before the call happens-before what it does in it as with any other change of carrier.
 *
 * <p><b>Pinned.</b> A pinned thread does not unmount: the yield returns at once, and the state is GOING still.
 *
 * <p><b>Children.</b> A virtual thread started inside the call has a task of its own and the scheduler of its parent, which was
 * never touched.
 *
 * <p><b>Stack dumps.</b> Up to JDK 27 a virtual thread whose stack is taken while it is unmounted may be submitted twice. The second
 * submission does nothing, unless the thread has unmounted again meanwhile: then it continues on whichever thread comes first.
 * So after a stack dump a call may run on its carrier that counts as offloaded, or a few instructions of the application on a pool
 * thread. Nothing is lost, and the thread is home when it has next unmounted.
 *
 * <p><b>Not asked</b> anywhere here is which carrier the current thread is on: compiled code may keep the answer over a yield.
 */
final class Passage extends Work implements Runnable {
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

    private final Pool pool;
    private final ListedMethod method;
    private final Thread thread;
    private final Runnable continuation;
    private final Object recorded;
    private final long offeredAt = System.nanoTime();
    private volatile int state;
    private PoolThread carrier;
    private long begunAt;

    private Passage(Pool pool, ListedMethod method, Thread thread, Runnable continuation) {
        this.pool = pool;
        this.method = method;
        this.thread = thread;
        this.continuation = continuation;
        this.recorded = Offload.recording(method);
    }

    // ---- the thread's side ----

    /** Tells whether the current thread is in the middle of a passage. */
    static boolean isAboard(Thread self) {
        return VirtualThreads.isMovable(self) && VirtualThreads.task(self) instanceof Passage;
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
        if (task instanceof Passage) {
            return null;
        }
        Passage passage = new Passage(pool, method, self, task);
        try {
            VirtualThreads.task(self, passage);
            VirtualThreads.yield(self);
        } catch (OutOfMemoryError | StackOverflowError unableToYield) {
            // as good as pinned: the state tells
        }
        if (!passage.stays()) {
            passage.begunAt = System.nanoTime();
            return passage;
        }
        VirtualThreads.task(self, task);
        return passage.stayed();
    }

    /** QUEUED it can be found only after a stack dump, see above. */
    private boolean stays() {
        for (int now = state; now < ABOARD; now = state) {
            if (STATE.compareAndSet(this, now, PINNED)) {
                return true;
            }
        }
        return state != ABOARD;
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
        if (method != null) {
            method.offloaded(recorded, begunAt - offeredAt, System.nanoTime() - begunAt, thrown != null, carrier);
        }
        pool.countCompleted();
        Thread.yield();
    }

    // ---- the home scheduler's side ----

    /** In the place of the continuation: carries it to the pool, or runs it here when the passage is over. */
    @Override
    public void run() {
        if (STATE.compareAndSet(this, GOING, QUEUED)) {
            Pool.Answer answer = pool.submit(this);
            if (answer != Pool.Answer.TAKEN) {
                state = answer == Pool.Answer.REJECT ? REJECTED : RELEASED;
                continuation.run();
            }
        } else if (STATE.compareAndSet(this, ABOARD, QUEUED)) {
            if (!pool.resume(this)) {
                state = ABOARD;   // without a thread to go on, it goes on here and ends its passage here
                continuation.run();
            }
        } else if (state >= HOME) {
            continuation.run();
        }
    }

    // ---- the pool's side ----

    @Override
    protected void carry(PoolThread thread) {
        carrier = thread;
        if (STATE.compareAndSet(this, QUEUED, ABOARD)) {
            continuation.run();
        }
    }

    @Override
    protected boolean release(Saturation how) {
        if (!STATE.compareAndSet(this, QUEUED, how == Saturation.REJECT ? REJECTED : RELEASED)) {
            return false;
        }
        VirtualThreads.scheduler(thread).execute(continuation);
        return true;
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
