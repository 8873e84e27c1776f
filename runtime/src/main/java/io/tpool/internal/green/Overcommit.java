// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.green;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The tasks of a GreenPool that run beyond its size, for members alone. The lock of the {@link Slots} guards everything
 * here, the fields of {@link GreenTask} and {@link Member} that are used here among it.
 *
 * <p><b>Lending.</b> A member of a full pool may need another task to run: it spawns the task, or waits for the task's
 * result, or has started the thread that spawns the task. The task would wait for the slot of the member, and the
 * member for the task. So the member lends its place: the task runs beyond the size, and the spawner waits meanwhile
 * ({@link #pause}). A member lends to one task at a time. So a member that starts a thousand threads, each of which
 * spawns, does not get a thousand tasks beyond the size.
 *
 * <p><b>Stalling.</b> The task that a member lends its place to may in turn wait for the member, or for a task that
 * another thread of the member is about to spawn. So when no task has ended in the pool for {@link #STALL_NANOS}, a
 * pause ends, and one queued task of a member runs. Another one runs after the same time again.
 */
final class Overcommit {
    /** A pool in which no task ends is taken to be working for so long. A TPool grows after the same time. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Slots slots;
    /** Tasks whose spawners pause. */
    private final Set<GreenTask<?>> pausing = new HashSet<>();
    private long lastProgress = System.nanoTime();

    Overcommit(Slots slots) {
        this.slots = slots;
    }

    /** Has a member lend its place to a task that it spawns, or waits for; false if there is none that can. */
    boolean lends(GreenTask<?> task) {
        Member lender = Member.lender(slots, task.spawner);
        if (lender == null) {
            lender = Member.lender(slots, task.awaiter);
        }
        task.lender = lender;
        return lender != null;
    }

    boolean isFromMember(GreenTask<?> task) {
        return Member.runsIn(slots, task.spawner) || Member.runsIn(slots, task.awaiter);
    }

    /** A task has ended, or one was let in because none had. */
    void noteProgress() {
        lastProgress = System.nanoTime();
    }

    /** Nanoseconds until the pool counts as stalled for one who has been waiting since then. */
    long untilStalled(long since) {
        long progress = since - lastProgress > 0 ? since : lastProgress;
        return progress + STALL_NANOS - System.nanoTime();
    }

    /**
     * Has the spawner of a task that runs beyond the size wait, so that no more threads work than the pool has slots.
     * Takes the lock itself.
     */
    void pause(GreenTask<?> task) {
        slots.lock.lock();
        try {
            if (!task.beyond || task.ended) {
                return;
            }
            task.pause = slots.lock.newCondition();
            pausing.add(task);
            long since = System.nanoTime();
            while (!task.ended && slots.isOverfull() && untilStalled(since) > 0) {
                task.pause.awaitNanos(untilStalled(since));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pausing.remove(task);
            slots.lock.unlock();
        }
    }

    /** Ends all pauses if no task runs beyond the size any more. */
    void endPauses() {
        if (!slots.isOverfull()) {
            pausing.forEach(task -> task.pause.signal());
        }
    }
}
