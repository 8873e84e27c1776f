// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.green;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Who may run in a GreenPool, and when. {@link Overcommit} tells which tasks run beyond the size, {@link Quiescence}
 * when the pool is idle.
 *
 * <p>One lock guards everything here and in these two, the fields of {@link GreenTask} and {@link Member} that say so,
 * and the state of every imap of the pool. The lock is held for a few instructions at a time, and never while code of
 * the application runs.
 *
 * <h2>Protocol</h2>
 * <pre>
 *   NEW -> RUNNING     the spawner, where there is a slot, or where a member lends its place
 *   NEW -> QUEUED      the spawner, which waits
 *   QUEUED -> RUNNING  the party that makes room: a task that ends, resize(), a member that waits for the result
 *                      (announceWaiter); or the spawner itself when the pool has stalled
 *   NEW -> REFUSED     the spawner, where the pool is closed
 *   QUEUED -> REFUSED  close(), or the spawner when it is interrupted or an Error ends its wait; where admission and
 *                      interrupt race, admission wins
 *   RUNNING -> ENDED   the task's thread, in the same critical section in which the future completes
 * </pre>
 * So a thread that has seen the result sees the slot free, and a thread that has seen the pool idle sees every future
 * done.
 *
 * <p>{@link #running} counts the RUNNING tasks. A task is admitted only while fewer run than the size, or where an
 * exception for members lets it run beyond the size, see {@link Overcommit}.
 *
 * <p>Invariants outside the lock: if a task is QUEUED, then {@code running >= size}, and every running member of its
 * ancestry lends. The queue is first come, first served. A new arrival never overtakes the queue, because it finds
 * {@code running >= size}.
 */
public final class Slots {
    final ReentrantLock lock = new ReentrantLock();
    final Overcommit overcommit = new Overcommit(this);
    final Quiescence quiescence = new Quiescence(this);
    private final ArrayDeque<GreenTask<?>> queue = new ArrayDeque<>();
    private int size;
    private int running;
    private boolean closed;

    public Slots(int size) {
        this.size = size;
    }

    /** Waits until the task may run; it is RUNNING then, and {@link #end} must follow whatever happens. */
    void admit(GreenTask<?> task) {
        lock.lock();
        try {
            refuseIfClosed();
            if (running < size) {
                run(task);
                return;
            }
            task.spawner = Member.ancestry();
            if (lend(task)) {
                return;
            }
            task.turn = lock.newCondition();
            queue.add(task);
            awaitTurn(task);
        } finally {
            lock.unlock();
        }
    }

    private void awaitTurn(GreenTask<?> task) {
        try {
            awaitAdmission(task);
        } finally {
            if (!task.running && !task.refused) {   // an Error: nobody is left who would start the task
                withdraw(task);
            }
        }
    }

    private void withdraw(GreenTask<?> task) {
        task.refused = true;
        queue.remove(task);
        quiescence.note();
    }

    private void awaitAdmission(GreenTask<?> task) {
        long since = System.nanoTime();
        while (!task.running) {
            try {
                if (task.refused) {
                    throw closed();
                }
                if (!overcommit.isFromMember(task)) {
                    task.turn.await();
                } else if (overcommit.untilStalled(since) > 0) {
                    task.turn.awaitNanos(overcommit.untilStalled(since));
                } else {
                    queue.remove(task);
                    overcommit.noteProgress();
                    run(task);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (!task.running) {
                    withdraw(task);
                    throw new CancellationException("interrupted while waiting for one of the " + size
                            + " slots of a GreenPool: the task was not started");
                }
            }
        }
    }

    /** Says that the calling thread waits for the task's result: if it is a member, then its place can be had. */
    void announceWaiter(GreenTask<?> task) {
        lock.lock();
        try {
            if (task.running || task.ended || task.refused || !Member.runsIn(this, Member.ancestry())) {
                return;
            }
            task.awaiter = Member.ancestry();
            if (task.turn != null) {
                if (lend(task)) {
                    queue.remove(task);
                }
                task.turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes the task's future and gives its slot back, if it has one: a second call, and one for a task that never
     * ran, only completes.
     */
    void end(GreenTask<?> task, Runnable complete) {
        lock.lock();
        try {
            complete.run();
            if (!task.running) {
                return;
            }
            Member lender = task.lender;
            task.ended();
            running--;
            overcommit.noteProgress();
            handOut();
            if (lender != null) {
                lender.takeBack();
                lendFurther();
            }
            if (task.pause != null) {
                task.pause.signal();
            }
            overcommit.endPauses();
            quiescence.note();
        } finally {
            lock.unlock();
        }
    }

    public void resize(int newSize) {
        lock.lock();
        try {
            size = newSize;
            handOut();
            overcommit.endPauses();
        } finally {
            lock.unlock();
        }
    }

    public void close() {
        lock.lock();
        try {
            closed = true;
            for (GreenTask<?> task : queue) {
                task.refused = true;
                task.turn.signal();
            }
            queue.clear();
            quiescence.note();
        } finally {
            lock.unlock();
        }
    }

    public void awaitIdle() {
        quiescence.await();
    }

    /** Refuses work that the application brings, if the pool is closed or the work would wait for ever. */
    void refuse() {
        lock.lock();
        try {
            refuseIfClosed();
            if (size == 0 && !Member.runsIn(this, Member.ancestry())) {
                throw new RejectedExecutionException(
                        "the GreenPool has size 0 and runs nothing: call resize(1) or more before");
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw closed();
        }
    }

    /** True if more tasks run than the size. The caller holds the lock. */
    boolean isOverfull() {
        return running > size;
    }

    /** True if no task is RUNNING or QUEUED. The caller holds the lock. */
    boolean isEmpty() {
        return running == 0 && queue.isEmpty();
    }

    int size() {
        return read(() -> size);
    }

    public int running() {
        return read(() -> running);
    }

    public int free() {
        return read(() -> size - running);
    }

    public int waiting() {
        return read(queue::size);
    }

    private int read(IntSupplier number) {
        lock.lock();
        try {
            return number.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    private void run(GreenTask<?> task) {
        task.beyond = running >= size;
        task.running = true;
        running++;
    }

    private boolean lend(GreenTask<?> task) {
        boolean lent = overcommit.lends(task);
        if (lent) {
            run(task);
        }
        return lent;
    }

    private void lendFurther() {
        for (Iterator<GreenTask<?>> tasks = queue.iterator(); tasks.hasNext(); ) {
            GreenTask<?> task = tasks.next();
            if (lend(task)) {
                tasks.remove();
                task.turn.signal();
                return;
            }
        }
    }

    private void handOut() {
        while (running < size && !queue.isEmpty()) {
            GreenTask<?> task = queue.poll();
            run(task);
            task.turn.signal();
        }
    }

    private static RejectedExecutionException closed() {
        return new RejectedExecutionException("the GreenPool is closed: the task was not started");
    }
}
