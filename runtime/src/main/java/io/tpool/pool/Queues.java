package io.tpool.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The work of a pool that waits for a thread. {@link #returning} holds virtual threads that are in the middle of their call and have
 * been waiting for something; {@link #waiting} those that have not begun. The former go first, because others may be waiting for
 * what they hold.
 *
 * <p>{@link #depth} is raised before work is added and lowered after it has been taken out, so it is never below the number of
 * pieces of work: a thread that reads 0 need not look.
 */
final class Queues {
    private final ConcurrentLinkedQueue<Work> returning = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Work> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicInteger largest = new AtomicInteger();

    Queue<Work> returning() {
        return returning;
    }

    Queue<Work> waiting() {
        return waiting;
    }

    /** False if there is no memory for it: threads would look for ever for work that is counted and not there. */
    boolean add(Queue<Work> queue, Work work) {
        int now = depth.incrementAndGet();
        boolean added = false;
        try {
            added = queue.add(work);
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
    Work poll() {
        if (depth.get() == 0) {
            return null;
        }
        Work work = returning.poll();
        if (work == null) {
            work = waiting.poll();
        }
        if (work != null) {
            depth.decrementAndGet();
        }
        return work;
    }

    /** True if the work was still waiting, and is now the caller's. */
    boolean remove(Queue<Work> queue, Work work) {
        if (depth.get() == 0 || !queue.remove(work)) {
            return false;
        }
        depth.decrementAndGet();
        return true;
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
