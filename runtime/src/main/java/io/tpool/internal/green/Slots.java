package io.tpool.internal.green;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/*
 * Who may run in a GreenPool, and when.
 *
 * One lock guards everything here, the fields of GreenTask and Member that say so, and the state of every imap of the
 * pool. It is held for a few instructions at a time and never while code of the application runs.
 *
 * A task is NEW, then QUEUED while its spawner waits, then RUNNING, then ENDED; or it is REFUSED: from NEW or QUEUED,
 * because the pool is closed or the spawner was interrupted.
 *
 *   NEW -> RUNNING     the spawner, where there is a slot or a member lends its place
 *   NEW -> QUEUED      the spawner
 *   QUEUED -> RUNNING  whoever makes room: a task that ends, resize(), a member that waits for the result
 *                      (announceWaiter); or the spawner itself when the pool has stalled
 *   QUEUED -> REFUSED  close(), or the spawner when it is interrupted; where admission and interrupt race, admission
 *                      wins
 *   RUNNING -> ENDED   the task's thread, in the same critical section in which the future completes. So who has seen
 *                      the result sees the slot free, and who has seen the pool idle sees every future done.
 *
 * `running` counts the RUNNING. A task is admitted only below `size`, with two exceptions, both for members alone:
 *
 *   Lending. A member that spawns, or waits for the result of an imap or a pile, on a full pool would wait for a slot
 *   that it holds itself. It lends its place: its task runs beyond the limit while the member waits (pause). Likewise a
 *   thread that a member started, since the member may be waiting for it. A member lends to one task at a time: a
 *   member that starts a thousand threads, each of which spawns, does not get a thousand tasks beyond the limit.
 *   Stalling. What a member lent its place to may in turn wait for the member, or for a task that another thread of the
 *   member is about to spawn. So when nothing has ended in the pool for a while, a pause ends, and a queued task of a
 *   member is let in, one for each such while.
 *
 * Invariants outside the lock: if a task is QUEUED then running >= size, and every running member of its ancestry
 * lends. The queue is first come, first served; a new arrival never overtakes it, because it finds running >= size.
 *
 * The pool is idle if nothing is RUNNING or QUEUED and no imap attends, that is: reads its input, or has its consumer
 * waiting in it. waitAll() returns at the first idle moment, however short: `idleMoments` counts them.
 */
public final class Slots {
    /** How long a pool in which no task ends is taken to be working; the same while after which a TPool grows. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<GreenTask<?>> queue = new ArrayDeque<>();
    private final Condition idle = lock.newCondition();
    private final Set<GreenTask<?>> pausing = new HashSet<>();
    private int size;
    private int running;
    private int attending;
    private boolean closed;
    private long idleMoments;
    private long lastProgress = System.nanoTime();

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
        noteIdle();
    }

    private void awaitAdmission(GreenTask<?> task) {
        long since = System.nanoTime();
        while (!task.running) {
            try {
                if (task.refused) {
                    throw closed();
                }
                if (!isFromMember(task)) {
                    task.turn.await();
                } else if (untilStalled(since) > 0) {
                    task.turn.awaitNanos(untilStalled(since));
                } else {
                    queue.remove(task);
                    lastProgress = System.nanoTime();
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

    /**
     * Has the spawner of a task that runs beyond the limit wait, so that no more threads work than the pool has slots.
     */
    void pause(GreenTask<?> task) {
        lock.lock();
        try {
            if (!task.beyond || task.ended) {
                return;
            }
            task.pause = lock.newCondition();
            pausing.add(task);
            long since = System.nanoTime();
            while (!task.ended && running > size && untilStalled(since) > 0) {
                task.pause.awaitNanos(untilStalled(since));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pausing.remove(task);
            lock.unlock();
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
            lastProgress = System.nanoTime();
            handOut();
            if (lender != null) {
                lender.takeBack();
                lendFurther();
            }
            if (task.pause != null) {
                task.pause.signal();
            }
            endPauses();
            noteIdle();
        } finally {
            lock.unlock();
        }
    }

    public void resize(int newSize) {
        lock.lock();
        try {
            size = newSize;
            handOut();
            endPauses();
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
            noteIdle();
        } finally {
            lock.unlock();
        }
    }

    public void awaitIdle() {
        lock.lock();
        try {
            if (Member.runsIn(this, Member.ancestry())) {
                throw new IllegalStateException(
                        "waitAll() by a member of the GreenPool, or by a thread that a running member started,"
                        + " would wait for itself: call it from outside the pool");
            }
            long before = idleMoments;
            while (!isIdle() && idleMoments == before) {
                idle.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted in waitAll(): " + running + " tasks run, " + queue.size()
                    + " wait");
        } finally {
            lock.unlock();
        }
    }

    /** An imap begins to read its input, or its consumer to wait. The caller holds the lock. */
    void attend() {
        attending++;
    }

    /** Ends what {@link #attend} began. The caller holds the lock. */
    void unattend() {
        attending--;
        noteIdle();
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
        Member lender = Member.lender(this, task.spawner);
        if (lender == null) {
            lender = Member.lender(this, task.awaiter);
        }
        if (lender == null) {
            return false;
        }
        task.lender = lender;
        run(task);
        return true;
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

    private void endPauses() {
        if (running <= size) {
            pausing.forEach(task -> task.pause.signal());
        }
    }

    private boolean isFromMember(GreenTask<?> task) {
        return Member.runsIn(this, task.spawner) || Member.runsIn(this, task.awaiter);
    }

    private long untilStalled(long since) {
        long progress = since - lastProgress > 0 ? since : lastProgress;
        return progress + STALL_NANOS - System.nanoTime();
    }

    private boolean isIdle() {
        return running == 0 && queue.isEmpty() && attending == 0;
    }

    private void noteIdle() {
        if (isIdle()) {
            idleMoments++;
            idle.signalAll();
        }
    }

    private static RejectedExecutionException closed() {
        return new RejectedExecutionException("the GreenPool is closed: the task was not started");
    }
}
