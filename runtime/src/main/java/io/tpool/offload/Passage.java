package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Saturation;
import io.tpool.pool.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * The way of one virtual thread onto a pool thread and home again, for the duration of one call. For that time the passage is
 * the thread's scheduler: whoever unparks the thread hands its continuation to {@link #execute}.
 *
 * <h2>Protocol</h2>
 * The thread ("it") submits the passage to the pool, makes it its scheduler and parks. A pool thread takes the passage, waits
 * until it has really parked, and unparks it. That submits its continuation to its scheduler, which is the passage, and the pool
 * thread runs the continuation. States, and who may change them:
 * <pre>
 *   OFFERED  -> CLAIMED    a pool thread that took the passage
 *   OFFERED  -> RUNNABLE   execute(): somebody else unparked it; the pool thread that comes will find the continuation
 *   CLAIMED  -> RUNNABLE   execute(): the claiming pool thread unparked it, or somebody else did so first
 *   RUNNABLE -> ABOARD     the pool thread, just before it runs the continuation
 *   ABOARD   -> RUNNABLE   execute(): it had parked inside the call and goes on; the passage is submitted to the pool again
 *   ABOARD   -> HOME       it, at the end of the call
 *   CLAIMED  -> PINNED     the claiming pool thread, which found it parked but still mounted
 *   OFFERED  -> PINNED     the pool's watch, which found the same
 *   OFFERED  -> RELEASED, REJECTED   the pool's watch, at saturation
 *   OFFERED, CLAIMED -> WITHDRAWN    it, having been woken in vain too often, or because parking threw
 * </pre>
 * From HOME, PINNED, RELEASED, REJECTED and WITHDRAWN nothing leads away, and in these states the passage is a mere signpost to
 * the home scheduler. All changes out of OFFERED and CLAIMED are made by compare-and-set, so exactly one of "it goes aboard"
 * and "it stays" happens.
 *
 * <p><b>No wake-up is lost.</b> Between its submission and its going aboard it does nothing but park, in a loop. So the first
 * continuation that {@code execute} sees is its own (nothing else has this scheduler yet), and is submitted once for each time
 * that it unmounted. If it is unparked before it has unmounted, the JDK resubmits it to its <i>carrier's</i> pool and execute is not
 * called: then it finds the state unchanged and parks again, and the claiming pool thread, which never stops looking while it
 * is CLAIMED, unparks it again.
 *
 * <p><b>The scheduler changes after the submission</b>, not before: what submitting does inside the JDK (starting a thread) may
 * block it for a moment, and then it must come back to its own carriers. Seeing it parked there, a pool thread may unpark it:
 * any code that parks has to expect that.
 *
 * <p><b>What is published.</b> {@link #continuation} is written before the change to RUNNABLE and read after it. What the thread
 * did before the call happens-before what it does in it as with any other change of carrier.
 *
 * <p><b>Interrupts and permits.</b> An interrupted thread does not park, so the status is cleared before each park and set again
 * after it. A park on the way may have used up a permit that was meant for the application's next park. So one is made available
 * afterwards: as after {@link Thread#sleep} on a virtual thread, the next park may return at once, which
 * {@link LockSupport#park} allows for.
 *
 * <p><b>Pinned.</b> Only parking shows whether a thread is pinned: {@code Continuation.isPinned} says so of every thread whose lowest
 * frame is interpreted. A thread that has parked and keeps its carrier is let go by the pool thread that comes for it, or by the
 * watch if none comes. If the last call of the method was pinned, the thread finds out by itself: it gives its carrier a permit
 * first, so that a pinned park returns at once, and any other is not affected. The carrier may find the permit at its next park,
 * and looks for work once more than it had to.
 *
 * <p><b>Stack dumps.</b> Up to JDK 27 a virtual thread whose stack is taken while it is unmounted may be submitted to its scheduler
 * twice. The second run of a continuation does nothing, unless the thread has unmounted again meanwhile: then it continues
 * on whichever thread comes first. So after a stack dump a call may run in place that counts as offloaded, or a few
 * instructions of the application on a pool thread. Nothing is lost, and the thread is home when it has next unmounted.
 *
 * <p><b>Children.</b> A virtual thread started inside the call inherits the passage as its scheduler and keeps it for ever. Its
 * continuation is not {@link #continuation}, so it is passed on to the home scheduler, during the call and after it. By then the
 * passage holds no reference to the thread.
 *
 * <p><b>Not asked</b> anywhere here is which carrier the current thread is on: compiled code may keep the answer over a park.
 */
final class Passage extends Work implements Executor {
    private static final int OFFERED = 0;
    private static final int CLAIMED = 1;
    private static final int RUNNABLE = 2;
    private static final int ABOARD = 3;
    private static final int HOME = 4;
    private static final int PINNED = 5;
    private static final int RELEASED = 6;
    private static final int REJECTED = 7;
    private static final int WITHDRAWN = 8;

    /** Woken by a pool thread this often without going aboard, it stays. */
    private static final int VAIN_WAKES = 64;
    /** Parks of a suspect that end at once, before it stays: the first may have used up a permit, the second met an unpark. */
    private static final int PROBES = 3;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Passage.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Pool pool;
    private final Executor home;
    private final ListedMethod method;
    private final Object recorded;
    private final long offeredAt = System.nanoTime();
    private volatile Thread thread;
    private volatile int state;
    private Runnable continuation;
    private boolean interrupted;
    private PoolThread carrier;
    private long begunAt;

    /**
     * @param method null for a call through the API
     */
    private Passage(Pool pool, ListedMethod method, Thread thread, Executor home) {
        this.pool = pool;
        this.method = method;
        this.recorded = Offload.recording(method);
        this.thread = thread;
        this.home = home;
    }

    // ---- the thread's side ----

    /** Tells whether the current thread is in the middle of a passage. */
    static boolean isAboard(Thread self) {
        return VirtualThreads.hasScheduler(self) && VirtualThreads.scheduler(self) instanceof Passage passage && passage.thread == self;
    }

    /**
     * Takes the current thread to a pool thread.
     *
     * @param method null for a call through the API
     * @param thread the current thread, which has a scheduler
     * @return the passage if it has moved; {@link InPlace} if the call runs here; null if it has moved before, and is on a pool
     *     thread already
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    static Object begin(Pool pool, ListedMethod method, Thread thread) {
        Executor home = VirtualThreads.scheduler(thread);
        if (home instanceof Passage earlier) {
            if (earlier.thread == thread) {
                return null;
            }
            home = earlier.home;   // a child of a call: send it home by the straight way from now on
        }
        return new Passage(pool, method, thread, home).goAboard(thread);
    }

    private Object goAboard(Thread self) {
        Pool.Answer answer = Pool.Answer.TAKEN;
        try {
            answer = pool.submit(this);
            if (answer == Pool.Answer.TAKEN) {
                VirtualThreads.scheduler(self, this);
                parkUntilDecided();
            }
        } catch (OutOfMemoryError | StackOverflowError unableToPark) {
            interrupted |= Thread.interrupted();
        }
        boolean aboard = answer == Pool.Answer.TAKEN && !stay();
        if (!aboard) {
            VirtualThreads.scheduler(self, home);
            thread = null;
            continuation = null;
        }
        if (interrupted) {
            self.interrupt();
        }
        LockSupport.unpark(self);
        return aboard ? arrived() : stayed(answer);
    }

    private void parkUntilDecided() {
        boolean suspect = method != null && method.suspectPinned();
        int limit = suspect ? PROBES : VAIN_WAKES;
        int inVain = 0;
        while (state <= CLAIMED && inVain < limit) {
            interrupted |= Thread.interrupted();
            if (suspect) {
                LockSupport.unpark(VirtualThreads.carrier());
            }
            LockSupport.park();
            if (suspect || state == CLAIMED) {
                inVain++;
            }
        }
    }

    /** True if it stays on its carrier; false if it is aboard after all. */
    private boolean stay() {
        for (int now = state; now <= CLAIMED; now = state) {
            if (STATE.compareAndSet(this, now, WITHDRAWN)) {
                return true;
            }
        }
        return state != ABOARD;
    }

    private Passage arrived() {
        if (method != null) {
            method.suspectPinned(false);
        }
        begunAt = System.nanoTime();
        return this;
    }

    private Object stayed(Pool.Answer answer) {
        if (answer == Pool.Answer.REJECT || state == REJECTED) {
            throw InPlace.rejected(method, pool, recorded);
        }
        if (answer == Pool.Answer.INPLACE || state == RELEASED) {
            return new InPlace(method, Outcome.IN_PLACE, recorded);
        }
        if (method != null) {
            method.suspectPinned(true);
        }
        return new InPlace(method, Outcome.PINNED, recorded);
    }

    /**
     * Takes the thread home.
     *
     * @param thrown what the call threw, or null
     */
    void end(Throwable thrown) {
        Thread self = thread;
        VirtualThreads.scheduler(self, home);
        thread = null;
        continuation = null;
        state = HOME;
        if (method != null) {
            method.offloaded(recorded, begunAt - offeredAt, System.nanoTime() - begunAt, thrown != null, carrier);
        }
        pool.countCompleted();
        Thread.yield();
    }

    // ---- the scheduler ----

    /**
     * Carries the thread's continuation to the pool and everybody else's to the home scheduler.
     *
     * @param task a continuation of the JDK's
     */
    @Override
    public void execute(Runnable task) {
        for (;;) {
            int now = state;
            if (now <= CLAIMED) {
                continuation = task;
                if (STATE.compareAndSet(this, now, RUNNABLE)) {
                    return;
                }
            } else if (now > ABOARD || task != continuation) {
                home.execute(task);
                return;
            } else if (now == RUNNABLE) {
                return;
            } else if (STATE.compareAndSet(this, ABOARD, RUNNABLE)) {
                if (!pool.resume(this)) {
                    state = ABOARD;   // without a thread to go on, it goes on at home and ends its passage there
                    home.execute(task);
                }
                return;
            }
        }
    }

    // ---- the pool's side ----

    @Override
    protected void carry(PoolThread thread) {
        if (state == OFFERED && STATE.compareAndSet(this, OFFERED, CLAIMED)) {
            fetch();
        }
        if (state != RUNNABLE) {
            return;   // it stays, or this is a second submission
        }
        carrier = thread;
        Runnable next = continuation;
        if (STATE.compareAndSet(this, RUNNABLE, ABOARD)) {
            next.run();
        }
    }

    /** Unparks the thread as soon as it has parked, until its continuation is there or it stays. */
    private void fetch() {
        Thread self = thread;
        for (int looks = 0; state == CLAIMED && self != null; looks++) {
            boolean parked = VirtualThreads.parked(self);
            if (parked || VirtualThreads.parkedPinned(self) && STATE.compareAndSet(this, CLAIMED, PINNED)) {
                LockSupport.unpark(self);
            }
            if (state == CLAIMED) {
                Backoff.pause(looks);
            }
        }
    }

    @Override
    protected boolean waitsPinned() {
        Thread self = thread;
        return self != null && VirtualThreads.parkedPinned(self);
    }

    @Override
    protected boolean release(Saturation how) {
        Thread self = thread;
        int to = how == Saturation.REJECT ? REJECTED : waitsPinned() ? PINNED : RELEASED;
        if (self == null || !STATE.compareAndSet(this, OFFERED, to)) {
            return false;
        }
        LockSupport.unpark(self);
        return true;
    }

    // ---- for observers ----

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
