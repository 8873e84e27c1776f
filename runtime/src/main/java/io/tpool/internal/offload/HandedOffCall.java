// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;
import io.tpool.internal.pool.Thrown;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A call that a pool thread runs while its caller waits. {@link BlockingHandOff} decides which calls are handed off.
 *
 * <h2>Protocol</h2>
 * <pre>
 *   WAITING -> RUNNING        the pool thread that took the call
 *   WAITING -> RELEASED, REJECTED   the pool, at saturation or without a thread
 *   WAITING -> DROPPED        the caller, whose time is over, or whose call the pool did not take
 *   RUNNING -> INTERRUPTING -> RUNNING   the caller, while it passes an interrupt on
 *   RUNNING -> FINISHED       the pool thread, after the call; it waits until the caller has left INTERRUPTING
 *   RUNNING -> LEFT           the caller, whose time is over; the call runs on, and nobody reads its result
 *   FINISHED -> DONE          the pool thread
 * </pre>
 * {@link #value}, {@link #thrown}, {@link #endedAt} and {@link #interruptedAfter} are written before DONE and read
 * after it. The pool thread is interrupted only while INTERRUPTING, so an interrupt never reaches the call that the
 * thread runs next.
 *
 * <p><b>Interrupts.</b> The call sees interrupts as if it ran in the caller. When the call begins, the caller's
 * interrupt status becomes that of the pool thread. An interrupt of the caller during the call is passed on to the pool
 * thread. The status that the call leaves behind becomes the caller's.
 *
 * <p><b>Permits.</b> Parking may use up a permit that was meant for the application's next park. So a virtual thread
 * is given a permit afterwards: as after {@link Thread#sleep}, its next park may return at once, which
 * {@link LockSupport#park} allows for.
 *
 * <p><b>Errors.</b> Where an Error ends the caller's wait, the caller sets DROPPED or LEFT, as if its time were over.
 */
final class HandedOffCall<T> extends PoolTask {
    private static final int WAITING = 0;
    private static final int RUNNING = 1;
    private static final int INTERRUPTING = 2;
    private static final int FINISHED = 3;
    private static final int DONE = 4;
    static final int RELEASED = 5;
    static final int REJECTED = 6;
    private static final int DROPPED = 7;
    private static final int LEFT = 8;
    static final long NO_LIMIT = Long.MAX_VALUE;
    private static final VarHandle STATE;
    private static final VarHandle TO_INTERRUPT;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(HandedOffCall.class, "state", int.class);
            TO_INTERRUPT = MethodHandles.lookup().findVarHandle(HandedOffCall.class, "toInterrupt", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Pool pool;
    final ListedMethod method;
    private final Callable<T> task;
    final long limitNanos;
    final Thread caller = Thread.currentThread();
    private final ClassLoader contextClassLoader = caller.getContextClassLoader();
    final Object recorded;
    private final long offeredAt = System.nanoTime();
    private volatile int state;
    /** Of the caller, at any time; seen by the caller alone. */
    private boolean interrupted;
    private volatile boolean toInterrupt;
    private volatile PoolThread runner;
    private volatile long begunAt;
    private T value;
    private Throwable thrown;
    private long endedAt;
    private boolean interruptedAfter;

    /**
     * A call by the current thread.
     *
     * @param method null for a call through the API
     * @param limitNanos how long the caller waits, or {@link #NO_LIMIT}
     */
    HandedOffCall(Pool pool, ListedMethod method, Callable<T> task, long limitNanos) {
        this.pool = pool;
        this.method = method;
        this.task = task;
        this.limitNanos = limitNanos;
        recorded = Offload.recording(method);
    }

    /** Returns DONE, RELEASED or REJECTED. */
    int submitAndWait() throws TimeoutException {
        takeInterrupt();   // before: the call may be over at once
        try {
            return switch (pool.submit(this)) {
                case TAKEN -> {
                    awaitDone();
                    yield state;
                }
                case INPLACE -> RELEASED;
                case REJECT -> REJECTED;
            };
        } finally {
            if (state < DONE && !STATE.compareAndSet(this, WAITING, DROPPED)) {   // after an error nobody waits for it
                STATE.compareAndSet(this, RUNNING, LEFT);
            }
            restoreCaller();
        }
    }

    private void restoreCaller() {
        if (state >= DROPPED ? interrupted : toInterrupt || interruptedAfter) {
            caller.interrupt();
        }
        if (caller.isVirtual()) {
            LockSupport.unpark(caller);
        }
    }

    private void awaitDone() throws TimeoutException {
        while (state < DONE) {
            takeInterrupt();
            passInterruptOn();
            if (state < DONE && parkedInVain()) {
                throw timeout();
            }
        }
    }

    private void takeInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
            toInterrupt = true;
        }
    }

    /** Parks; true if the time is over, and the caller no longer waits. */
    private boolean parkedInVain() {
        long left = limitNanos == NO_LIMIT ? NO_LIMIT : limitNanos - (System.nanoTime() - offeredAt);
        if (left == NO_LIMIT) {
            LockSupport.park(this);
        } else if (left > 0) {
            LockSupport.parkNanos(this, left);
        } else if (STATE.compareAndSet(this, WAITING, DROPPED) || STATE.compareAndSet(this, RUNNING, LEFT)) {
            return true;
        } else {
            LockSupport.park(this);   // the call has just ended, or the pool lets it go: it is a matter of moments
        }
        return false;
    }

    private TimeoutException timeout() {
        long millis = limitNanos / 1_000_000;
        if (state == DROPPED) {
            pool.drop(this);
            return new TimeoutException("no thread of pool " + pool.name() + " was free within " + millis
                    + " ms: the task was dropped");
        }
        return new TimeoutException("the task did not end within " + millis + " ms: it runs on, on "
                + runner.getName());
    }

    private void passInterruptOn() {
        if (toInterrupt && STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            if ((boolean) TO_INTERRUPT.getAndSet(this, false)) {
                runner.interrupt();
            }
            state = RUNNING;
        }
    }

    /** What the task returned, or throws the very object that the task threw. Once, after DONE. */
    T result() throws Exception {
        count();
        if (thrown == null) {
            return value;
        }
        throw Thrown.<Exception>asIs(thrown);
    }

    private void count() {
        try {
            if (method != null) {
                method.offloaded(recorded, begunAt - offeredAt, endedAt - begunAt, thrown != null, runner);
            }
            pool.countCompleted();
        } catch (OutOfMemoryError none) {
            // what the call returned is worth more than a figure
        }
    }

    @Override
    protected void carry(PoolThread thread) {
        runner = thread;
        if (!STATE.compareAndSet(this, WAITING, RUNNING)) {
            return;
        }
        try {
            begunAt = System.nanoTime();
            thread.lend(contextClassLoader);
            beginInterrupted(thread);
            value = task.call();
        } catch (Throwable e) {
            thrown = e;
        } finally {
            finish(thread);
        }
    }

    /** The caller's status is the call's before it begins, also where the caller is just passing it on itself. */
    private void beginInterrupted(PoolThread thread) {
        if ((boolean) TO_INTERRUPT.getAndSet(this, false)) {
            thread.interrupt();
        }
        for (int looks = 0; state == INTERRUPTING; looks++) {
            Backoff.pause(looks);
        }
    }

    private void finish(PoolThread thread) {
        for (int looks = 0; !STATE.compareAndSet(this, RUNNING, FINISHED) && state != LEFT; looks++) {
            Backoff.pause(looks);
        }
        interruptedAfter = Thread.interrupted();
        endedAt = System.nanoTime();
        try {
            thread.takeBack();
            leavePool();
        } finally {
            if (state == LEFT) {
                pool.countCompleted();
            } else {
                state = DONE;
                LockSupport.unpark(caller);
            }
        }
    }

    @Override
    protected boolean release(Saturation how) {
        if (!STATE.compareAndSet(this, WAITING, how == Saturation.REJECT ? REJECTED : RELEASED)) {
            return true;   // nobody waits for it in the queue any more
        }
        if (how == Saturation.REJECT) {
            pool.countRejected();
        }
        LockSupport.unpark(caller);
        return true;
    }

    @Override
    public boolean ended() {
        return state == DONE;
    }

    @Override
    public Thread caller() {
        return caller;
    }

    @Override
    public long begunAt() {
        return begunAt;
    }

    @Override
    public String description() {
        return ListedMethod.nameOf(method);
    }
}
