// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The tasks of a pool that wait for a thread. {@link #returning} holds virtual threads that have parked in the middle
 * of their call and are runnable again. {@link #waiting} holds tasks that have not begun. The first queue goes first,
 * because others may wait for locks that its threads hold.
 *
 * <p>{@link #depth} is a figure for observers. It is raised before a task is added and lowered after the task has been
 * taken out, so it may count a task that no thread can find yet. A thread that decides whether to look or to park asks
 * {@link #isEmpty} instead: otherwise it would look again and again while a submitter is about to add its task.
 */
final class Queues {
    private final ConcurrentLinkedQueue<PoolTask> returning = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<PoolTask> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicInteger largest = new AtomicInteger();

    Queue<PoolTask> returning() {
        return returning;
    }

    Queue<PoolTask> waiting() {
        return waiting;
    }

    /** False if there is no memory for it. */
    boolean add(Queue<PoolTask> queue, PoolTask task) {
        int now = depth.incrementAndGet();
        boolean added = false;
        try {
            added = queue.add(task);
        } catch (OutOfMemoryError none) {
            return false;
        } finally {
            if (!added) {
                depth.decrementAndGet();
            }
        }
        raise(largest, now);
        return true;
    }

    /** The next piece of work, or null. */
    PoolTask poll() {
        PoolTask task = returning.poll();
        if (task == null) {
            task = waiting.poll();
        }
        if (task != null) {
            depth.decrementAndGet();
        }
        return task;
    }

    /** True if the work was still waiting, and is now the caller's. */
    boolean remove(Queue<PoolTask> queue, PoolTask task) {
        if (!queue.remove(task)) {
            return false;
        }
        depth.decrementAndGet();
        return true;
    }

    /**
     * Releases the tasks of a queue, and takes out those that need not be kept any longer.
     *
     * @param failures counts the tasks whose release threw
     */
    void letGo(Queue<PoolTask> queue, Saturation how, LongAdder failures) {
        for (PoolTask task : queue) {
            if (isReleased(task, how, failures) && remove(queue, task)) {
                task.leavePool();
            }
        }
    }

    private static boolean isReleased(PoolTask task, Saturation how, LongAdder failures) {
        try {
            return task.release(how);
        } catch (Throwable e) {   // its home scheduler refuses it: the rest of the queue is not to suffer from it
            failures.increment();
            return false;
        }
    }

    /** True if all that was added before this was called has been taken out before it returns. */
    boolean isEmpty() {
        return returning.isEmpty() && waiting.isEmpty();
    }

    int depth() {
        return depth.get();
    }

    int largestDepth() {
        return largest.get();
    }

    static void raise(AtomicInteger largest, int to) {
        for (int seen = largest.get(); seen < to && !largest.compareAndSet(seen, to); seen = largest.get()) {
            continue;
        }
    }
}
