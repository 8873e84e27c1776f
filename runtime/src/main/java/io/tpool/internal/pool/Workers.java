// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads of a pool: which of them look for tasks, which are parked, and when one is started or ends.
 *
 * <h2>Protocol</h2>
 * A task goes through a queue, and then a thread has to look. Waking a thread costs more than most tasks. So at most
 * one thread {@linkplain #searching searches} at a time, as in Go's scheduler. A thread searches when it has been
 * woken or started, or has just finished a task, and has found nothing yet. A submitter wakes a thread only if none
 * searches. A searcher that finds a task wakes the next thread, if there are more tasks, before it carries its task
 * out. A searcher that finds nothing looks for some microseconds before it parks, see {@link AdaptiveSpin}. So a burst
 * of blocking calls wakes one thread after the other, and a stream of short calls wakes none.
 *
 * <p>Tasks and threads could miss each other in four places. In each, both sides write first and look second:
 * <ul>
 * <li>A submitter <i>queues</i>, then looks whether a thread searches. A searcher <i>ends its search</i>, then looks
 * at the queues again. A submitter that has looked for a thread in vain ends the search that it began, then looks
 * again, until a thread searches, or none is parked and none can be started.
 * <li>A submitter queues, then looks for a parked thread and for room to start one. A thread that has found nothing
 * <i>enters the stack</i> of parked threads, then looks at the queues again.
 * <li>A submitter queues, then looks at the number of threads. A thread that ends <i>takes itself out</i> of the
 * number, then looks at the queues. If it finds a task there, it takes itself in again.
 * <li>A thread is counted before it is started. If it cannot be started and no other is left, the starter <i>takes it
 * out</i>, then lets all queued tasks go, also those of other submitters.
 * </ul>
 * The number of threads is raised by compare-and-set only, and so never exceeds the limit that the raiser read.
 *
 * <p><b>Errors.</b> A polled task is returned whatever ending the search throws. A thread that dies takes itself out
 * of the number and ends its search. Where a submitter has no memory or no stack left to wake a thread, the task is in
 * its queue, and the thread may sleep outside the stack of parked threads: the {@link StallDetector} comes for the task
 * and {@linkplain #remindParked reminds} all threads that sleep.
 */
final class Workers {
    /** After a failed start no other is tried for so long: each costs time, and the JVM prints a warning each time. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final Pool pool;
    private final Queues queues;
    private final ThreadLimits limits;
    private final ParkedWorkers idle = new ParkedWorkers();
    /** Whether a thread searches. Whoever sets this to false looks at the queues once more. */
    private final AtomicBoolean searching = new AtomicBoolean();
    /** For the thread that searches. */
    private final AdaptiveSpin spin = new AdaptiveSpin();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<PoolThread> live = ConcurrentHashMap.newKeySet();
    private final LongAdder failedStarts = new LongAdder();
    private final AtomicInteger largest = new AtomicInteger();
    private volatile boolean startFailed;
    private volatile long startFailedAt;

    Workers(Pool pool, Queues queues, ThreadLimits limits) {
        this.pool = pool;
        this.queues = queues;
        this.limits = limits;
    }

    /**
     * Called after a task was queued. Writes nothing where all threads are busy: submitters on all carriers come here.
     */
    void letSomebodyLook() {
        while (!searching.get()) {
            if (idle.isEmpty() && (threads.get() >= limits.size() || pausing())) {
                StallDetector.attend(pool.watched());
                return;   // a busy thread looks when it is through
            }
            if (searching.compareAndSet(false, true)) {
                boolean found = false;
                try {
                    found = idle.wake(ParkedWorker.SEARCH) || startBelow(limits.size(), true);
                } finally {
                    if (!found) {
                        searching.set(false);
                    }
                }
                if (found) {
                    return;
                }
            }
        }
    }

    /** True if there is no thread to look at what has been queued, and the system starts none. */
    boolean areStranded() {
        return threads.get() == 0 && !searching.get() && pausing();
    }

    /** Starts one more thread if there are fewer than {@code limit}; false if not, or if the system starts none. */
    boolean startBelow(int limit) {
        return startBelow(limit, false);
    }

    private boolean startBelow(int limit, boolean searches) {
        if (threads.get() >= limit || pausing()) {
            return false;
        }
        for (int n = threads.get(); n < limit; n = threads.get()) {
            if (threads.compareAndSet(n, n + 1)) {
                boolean started = false;
                try {
                    started = start(searches);
                } finally {
                    if (!started) {
                        notStarted();
                    }
                }
                return started;
            }
        }
        return false;
    }

    private boolean pausing() {
        return startFailed && System.nanoTime() - startFailedAt < PAUSE_NANOS;
    }

    private boolean start(boolean searches) {
        PoolThread thread = null;
        try {
            thread = new PoolThread(pool, numbers.incrementAndGet(), limits.generation(), searches);
            live.add(thread);
            thread.start();
            return true;
        } catch (Throwable unable) {   // OutOfMemoryError: unable to create native thread
            if (thread != null) {
                live.remove(thread);
            }
            return false;
        }
    }

    private void notStarted() {
        startFailedAt = System.nanoTime();
        startFailed = true;
        if (threads.decrementAndGet() == 0) {
            pool.letAllGo();
        }
        failedStarts.increment();
    }

    /** Lets up to so many parked threads look whether they are still needed. */
    void wake(int most) {
        for (int i = most; i > 0 && idle.wake(ParkedWorker.LOOK); i--) {
            continue;
        }
    }

    /** Lets all parked threads look, also one that nobody would come across any more. */
    void remindParked() {
        for (PoolThread thread : live) {
            ParkedWorker slot = thread.parked;
            if (slot != null && thread.current() == null) {
                slot.remind();
            }
        }
    }

    /** Called by a thread before its first task, so no task sees a figure without its own thread. */
    void begun() {
        Queues.raise(largest, threads.get());
    }

    /** The next task for a thread that has none; null tells the thread to end, and it is no longer counted. */
    PoolTask next(PoolThread thread) {
        for (;;) {
            PoolTask task = search(thread);
            if (task != null) {
                return task;
            }
            if (leaveAbove(limits.kept(thread.generation()))) {
                return null;
            }
            Object given = awaitWork(thread);
            if (given == null && leaveAbove(0)) {
                return null;
            }
            thread.searches = given == ParkedWorker.SEARCH;
            if (thread.searches) {
                spin.calledBack();
            }
        }
    }

    private PoolTask search(PoolThread thread) {
        PoolTask task = queues.poll();
        if (task == null && (thread.searches || searching.compareAndSet(false, true))) {
            thread.searches = true;
            for (int i = spin.looks(); i > 0 && task == null; i--) {
                Thread.onSpinWait();
                task = queues.poll();
            }
            if (task == null) {
                spin.gaveUp();
            }
        }
        try {
            endSearch(thread);
        } catch (OutOfMemoryError | StackOverflowError unable) {
            // what else is queued must not be lost, nor what this thread has polled
            StallDetector.attend(pool.watched());
        }
        return task;
    }

    private void endSearch(PoolThread thread) {
        if (thread.searches) {
            thread.searches = false;
            searching.set(false);
            if (!queues.isEmpty()) {
                letSomebodyLook();
            }
        }
    }

    /** Why the thread is to look again, or null when it has been idle for too long. */
    private Object awaitWork(PoolThread thread) {
        ParkedWorker slot = idle.enter(thread);
        thread.parked = slot;
        if ((!queues.isEmpty() || threads.get() > limits.kept(thread.generation())) && slot.leave()) {
            return ParkedWorker.LOOK;
        }
        return slot.await(limits.keepAliveNanos());
    }

    /** True if the caller may end, and is no longer counted; false if it is needed. */
    private boolean leaveAbove(int fewest) {
        for (int n = threads.get(); n > fewest; n = threads.get()) {
            if (threads.compareAndSet(n, n - 1)) {
                return queues.isEmpty() || !comeBack();
            }
        }
        return false;
    }

    private boolean comeBack() {
        for (int n = threads.get(); n < limits.max(); n = threads.get()) {
            if (threads.compareAndSet(n, n + 1)) {
                return true;
            }
        }
        return false;   // so many others are there that the work is theirs
    }

    /** The last act of a pool thread, however it came to its end. */
    void ended(PoolThread thread) {
        if (live.remove(thread) && !thread.dismissed && threads.decrementAndGet() == 0) {
            pool.letAllGo();
        }
        endSearch(thread);
    }

    /** Takes threads out that died without {@link #ended}. */
    void buryDead() {
        for (PoolThread thread : live) {
            if (thread.getState() == Thread.State.TERMINATED) {
                ended(thread);
            }
        }
    }

    // ---- for observers ----

    int count() {
        return threads.get();
    }

    int largest() {
        return largest.get();
    }

    long failedStarts() {
        return failedStarts.sum();
    }

    /** Not an atomic snapshot. */
    int active() {
        int active = 0;
        for (PoolThread thread : live) {
            if (thread.current() != null) {
                active++;
            }
        }
        return active;
    }

    List<PoolThread> live() {
        buryDead();
        return new ArrayList<>(live);
    }
}
