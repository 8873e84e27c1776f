// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.green;

import io.tpool.internal.pool.Thrown;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;

/** A task of a {@code GreenPool}, from before it waits for a slot: what runs in its virtual thread, and its result. */
public final class GreenTask<T> extends FutureTask<T> {
    // Guarded by the lock of the slots, whose protocol they belong to.
    boolean running;
    boolean ended;
    boolean refused;
    boolean beyond;
    /** Set before the task is queued; signalled when it need wait no more. */
    Condition turn;
    /** Signalled when the spawner of a task that runs beyond the limit need pause no more. */
    Condition pause;
    /** Line of the thread that spawns the task; of a member that waits for its result. */
    Object[] spawner;
    Object[] awaiter;
    /** Who lent its place, if anyone did. */
    Member lender;

    private final Slots slots;
    private final boolean detached;
    /** Held here and by nobody else, so that it lives as long as the task runs. */
    private volatile Member member;
    private Throwable uncaught;

    private GreenTask(Slots slots, Callable<T> task, boolean detached) {
        super(task);
        this.slots = slots;
        this.detached = detached;
    }

    public static <T> GreenTask<T> of(Slots slots, Callable<T> task) {
        return new GreenTask<>(slots, task, false);
    }

    /** A task whose result nobody can ask for: what it throws goes to the uncaught exception handler of its thread. */
    public static GreenTask<Void> detached(Slots slots, Runnable task) {
        return new GreenTask<>(slots, () -> {
            task.run();
            return null;
        }, true);
    }

    /** Starts a task that the application brings. */
    public void spawn() {
        slots.refuse();
        start();
    }

    /** Waits for a slot and starts the task in a virtual thread, which inherits from the calling thread. */
    void start() {
        try {
            slots.admit(this);
            Thread.ofVirtual().unstarted(this).start();
        } catch (Throwable e) {
            setException(e);
            throw e;
        }
        slots.overcommit.pause(this);
    }

    @Override
    public void run() {
        member = Member.enter(slots);
        try {
            super.run();
        } finally {
            // Not ended yet if it was cancelled: then neither of the two below has done it.
            slots.end(this, () -> { });
        }
        if (detached && uncaught != null) {
            Thrown.<RuntimeException>asIs(uncaught);
        }
    }

    /** Called with the lock of the slots. What a future that the application keeps need not keep alive goes now. */
    void ended() {
        running = false;
        ended = true;
        turn = null;
        spawner = null;
        awaiter = null;
        lender = null;
        if (member != null) {
            member.leave();
            member = null;
        }
    }

    @Override
    protected void set(T value) {
        slots.end(this, () -> super.set(value));
    }

    @Override
    protected void setException(Throwable e) {
        uncaught = e;
        slots.end(this, () -> super.setException(e));
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        announceWaiter();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        announceWaiter();
        return super.get(timeout, unit);
    }

    /** The result, or the very exception that the task threw. */
    public T result() throws InterruptedException {
        try {
            return get();
        } catch (ExecutionException e) {
            throw Thrown.<RuntimeException>asIs(e.getCause());
        }
    }

    public void announceWaiter() {
        if (!isDone() && Member.ancestry() != null) {
            slots.announceWaiter(this);
        }
    }
}
