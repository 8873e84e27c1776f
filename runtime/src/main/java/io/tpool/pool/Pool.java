package io.tpool.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * A pool of platform threads: started on demand, last used first, ended after a time without work.
 *
 * <p><b>Protocol.</b> Nothing here takes a lock or parks the caller, so a virtual thread may submit at any point of its life, and
 * so may the JDK on its behalf. Work goes through a queue, and then somebody has to look. To wake a thread for each piece of work
 * costs more than most of it, so there is at most one thread that {@linkplain #searching searches}: it has been woken, or started, or
 * has just finished something, and has found nothing yet. As Go's scheduler does with its spinning threads: whoever queues
 * work wakes a thread only if none searches; a searcher that finds work wakes the next one before it carries it out, if there is more;
 * a searcher looks for some microseconds before it goes to sleep. So a burst of blocking calls wakes one thread after the other,
 * and a stream of short ones wakes none.
 *
 * <p>Work and threads can miss each other in four places. Each is closed by both sides writing first and looking second:
 * <ul>
 * <li>A submitter <i>queues</i>, then looks whether somebody searches. A searcher that gives up or has found something <i>ends
 * its search</i>, then looks at the queue again; a submitter that has searched for a thread in vain looks for one again.
 * <li>A submitter queues, then looks for an idle thread and for room to start one. A thread that has found nothing <i>enters
 * the stack</i> of idle threads, then looks at the queue again.
 * <li>A submitter queues, then looks at the number of threads. A thread that ends <i>takes itself out</i> of it, then looks at the
 * queue; finds it work there, it takes itself in again.
 * <li>A thread is counted before it is started. If it cannot be started and no other is left, whoever tried <i>takes it out</i>,
 * then lets all queued work go, that of others too.
 * </ul>
 * An {@link Idle} slot is filled exactly once, by compare-and-set, so a thread that leaves is not counted on. Work in a queue
 * belongs to whoever polls it.
 *
 * <p>Beyond {@link #size} the pool is grown by its {@link Watch}, when work waits and none gets done. The number of threads never
 * exceeds {@link #max}: it is raised by compare-and-set only.
 *
 * @since 1.0
 */
public final class Pool {
    /** What became of submitted work. */
    public enum Answer {
        /** It will be carried out, or {@linkplain Work#release released}. */
        TAKEN,
        /** It is to run where it is: the pool is saturated, or the system starts no threads. */
        INPLACE,
        /** It is to fail: the pool is saturated. */
        REJECT
    }

    /** Looks of a searcher at empty queues, some 10 to 20 µs: half the time that it takes to sleep and to be woken. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 300 : 0;

    /** After a failed start none is tried for so long: each costs time, and the JVM prints a warning each time. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final String name;
    private final long stackSize;
    private final long keepAliveNanos;
    private final Saturation saturation;
    private volatile int size;
    private volatile int max;
    private volatile int generation;
    private volatile boolean retired;

    private final Queues queues = new Queues();
    private final AtomicReference<Idle> idle = new AtomicReference<>();
    /** Whether a thread searches; if so it will look at the queues once more after it has set this to false. */
    private final AtomicBoolean searching = new AtomicBoolean();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<PoolThread> live = ConcurrentHashMap.newKeySet();

    private final LongAdder completed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder stallGrowth = new LongAdder();
    private final LongAdder failedStarts = new LongAdder();
    private final LongAdder thrown = new LongAdder();
    private final AtomicInteger largestThreads = new AtomicInteger();
    private volatile boolean startFailed;
    private volatile long startFailedAt;

    /**
     * Makes a pool; no thread is started yet.
     *
     * @param config its shape
     */
    public Pool(PoolConfig config) {
        name = config.name();
        size = config.size();
        max = config.max();
        keepAliveNanos = config.keepAliveNanos();
        stackSize = config.stackSize();
        saturation = config.saturation();
    }

    /**
     * Hands work over that has not begun. Never blocks, takes no lock.
     *
     * @param work what to carry out
     * @return what became of it; only {@link Answer#TAKEN} work is carried out
     */
    public Answer submit(Work work) {
        if (saturation != Saturation.WAIT && saturated()) {
            return refuse();
        }
        return queued(queues.waiting(), work) ? Answer.TAKEN : Answer.INPLACE;
    }

    /**
     * Hands work over that has begun before and goes on. Never blocks, takes no lock, never refuses.
     *
     * @param work what to go on with
     * @return false if the pool has no thread and the system starts none: the work is then the caller's again
     */
    public boolean resume(Work work) {
        return queued(queues.returning(), work);
    }

    private boolean queued(Queue<Work> queue, Work work) {
        if (!queues.add(queue, work)) {
            return false;
        }
        letSomebodyLook();
        if (threads.get() == 0 && !searching.get() && pausing()) {   // the system starts no thread
            boolean back = queues.remove(queue, work);
            letAllGo();
            return !back;
        }
        return true;
    }

    private void letSomebodyLook() {
        while (searching.compareAndSet(false, true)) {
            boolean found = false;
            try {
                found = wakeIdle(Idle.SEARCH) || startBelow(size, true);
            } finally {
                if (!found) {
                    searching.set(false);
                }
            }
            if (found) {
                return;
            }
            Watch.attend(this);
            if (idle() == null && (threads.get() >= size || pausing())) {
                return;   // who is busy looks when it is through
            }
        }
    }

    private boolean saturated() {
        return threads.get() >= max && !searching.get() && idle() == null;
    }

    private Answer refuse() {
        if (saturation == Saturation.INPLACE) {
            return Answer.INPLACE;
        }
        rejected.increment();
        return Answer.REJECT;
    }

    /** The topmost thread that is still there. */
    private Idle idle() {
        Idle top = idle.get();
        while (top != null && top.taken()) {
            idle.compareAndSet(top, top.below);
            top = idle.get();
        }
        return top;
    }

    private boolean wakeIdle(Object what) {
        for (Idle top = idle.get(); top != null; top = idle.get()) {
            if (idle.compareAndSet(top, top.below) && top.give(what)) {
                return true;
            }
        }
        return false;
    }

    /** Starts one more thread if there are fewer than {@code limit}; false if not, or if the system starts none. */
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
                Queues.raise(largestThreads, n + 1);
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
            thread = new PoolThread(this, numbers.incrementAndGet(), generation, searches);
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
            letAllGo();
        }
        failedStarts.increment();
    }

    private void letAllGo() {
        letGo(queues.returning(), Saturation.INPLACE);
        letGo(queues.waiting(), Saturation.INPLACE);
    }

    /** The next piece of work for a thread that has none; null tells it to end, and it is no longer counted. */
    Work next(PoolThread thread) {
        for (;;) {
            Work work = search(thread);
            if (work != null) {
                return work;
            }
            if (leaveAbove(fewest(thread))) {
                return null;
            }
            Object given = awaitWork(thread);
            if (given == null && leaveAbove(0)) {
                return null;
            }
            thread.searches = given == Idle.SEARCH;
        }
    }

    private Work search(PoolThread thread) {
        Work work = queues.poll();
        if (work == null && (thread.searches || searching.compareAndSet(false, true))) {
            thread.searches = true;
            for (int i = 0; i < SPINS && work == null; i++) {
                Thread.onSpinWait();
                work = queues.poll();
            }
        }
        endSearch(thread);
        return work;
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

    /** Above this many threads an idle one is not kept. */
    private int fewest(PoolThread thread) {
        return thread.generation() == generation && !retired ? size : 0;
    }

    /** Why the thread is to look again, or null when it has been idle for too long. */
    private Object awaitWork(PoolThread thread) {
        Idle slot = new Idle(thread);
        do {
            slot.below = idle.get();
        } while (!idle.compareAndSet(slot.below, slot));
        if ((!queues.isEmpty() || threads.get() > fewest(thread)) && slot.leave()) {
            return Idle.LOOK;
        }
        return slot.await(keepAliveNanos);
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
        for (int n = threads.get(); n < max; n = threads.get()) {
            if (threads.compareAndSet(n, n + 1)) {
                return true;
            }
        }
        return false;   // so many others are there that the work is theirs
    }

    /** The last act of a pool thread. */
    void ended(PoolThread thread) {
        live.remove(thread);
        endSearch(thread);
    }

    /**
     * Changes the number of threads used when all goes well; {@link #max} is raised with it where it would lie below. At once, also
     * for work that waits already.
     *
     * @param threads 1 to {@value PoolConfig#LARGEST}
     * @throws IllegalArgumentException if out of range
     */
    public void resize(int threads) {
        PoolConfig.checkSize("size", threads);
        synchronized (live) {   // no hot path comes here
            if (threads > max) {
                max = threads;
            }
            size = threads;
        }
        for (int i = queues.depth(); i > 0 && startBelow(threads, false); i--) {
            continue;
        }
        wakeSurplus();
    }

    /**
     * Changes the number of threads that the pool may grow to.
     *
     * @param threads {@link #size} to {@value PoolConfig#LARGEST}
     * @throws IllegalArgumentException if out of range
     */
    public void setMax(int threads) {
        PoolConfig.checkSize("max", threads);
        synchronized (live) {
            if (threads < size) {
                throw new IllegalArgumentException("max " + threads + " is below size " + size);
            }
            max = threads;
        }
    }

    /**
     * Lets all threads end: what runs and what waits is finished first, and the next work starts new threads. Safe from any
     * thread; does not wait.
     */
    public void killAll() {
        synchronized (live) {
            generation++;
        }
        for (int i = threads.get(); i > 0 && wakeIdle(Idle.LOOK); i--) {
            continue;
        }
    }

    /**
     * Keeps no idle thread from now on. What runs and what waits is finished; a thread is started only for work that comes back, or comes late.
     */
    public void retire() {
        retired = true;
        killAll();
    }

    private void wakeSurplus() {
        for (int surplus = threads.get() - size; surplus > 0 && wakeIdle(Idle.LOOK); surplus--) {
            continue;
        }
    }

    // ---- for the watch ----

    boolean hasWaiting() {
        return !queues.isEmpty();
    }

    /** Work waits and none gets done: one more thread, or, where there can be no more, the policy. */
    void stalled() {
        if (startBelow(size, false)) {
            return;
        }
        if (startBelow(max, false)) {
            stallGrowth.increment();
        } else if (saturation != Saturation.WAIT && threads.get() >= max) {
            letGo(queues.waiting(), saturation);
        }
    }

    private void letGo(Queue<Work> queue, Saturation how) {
        for (Work work : queue) {
            if (!release(work, how)) {
                continue;
            }
            if (how == Saturation.REJECT) {
                rejected.increment();
            }
            queues.remove(queue, work);
        }
    }

    /**
     * Takes work out of the queue that nobody waits for any more.
     *
     * @param work that has not begun and has no effect any more
     */
    public void drop(Work work) {
        queues.remove(queues.waiting(), work);
    }

    private boolean release(Work work, Saturation how) {
        try {
            return work.release(how);
        } catch (Throwable e) {   // its home scheduler refuses it: the rest of the queue is not to suffer from it
            countThrown();
            return true;
        }
    }

    /** Counts a failure that was survived. */
    public void countThrown() {
        thrown.increment();
    }

    /** Counts a call that has been carried out. */
    public void countCompleted() {
        completed.increment();
    }

    // ---- for observers ----

    /**
     * The pool's name.
     *
     * @return as configured
     */
    public String name() {
        return name;
    }

    /**
     * Bytes for the stack of a thread.
     *
     * @return 0 for the JVM's default
     */
    public long stackSize() {
        return stackSize;
    }

    /**
     * Threads used when all goes well.
     *
     * @return 1 or more
     */
    public int size() {
        return size;
    }

    /**
     * Threads that the pool may grow to.
     *
     * @return {@link #size} or more
     */
    public int max() {
        return max;
    }

    /**
     * Threads alive.
     *
     * @return 0 or more
     */
    public int threadCount() {
        return threads.get();
    }

    /**
     * The most threads that were alive at once.
     *
     * @return 0 or more
     */
    public int largestThreadCount() {
        return largestThreads.get();
    }

    /**
     * Threads that carry something out.
     *
     * @return counted one by one, so it is not an atomic snapshot
     */
    public int activeCount() {
        int active = 0;
        for (PoolThread thread : live) {
            if (thread.current() != null) {
                active++;
            }
        }
        return active;
    }

    /**
     * Work that waits for a thread.
     *
     * @return 0 or more
     */
    public int queueDepth() {
        return queues.depth();
    }

    /**
     * The most work that waited at once.
     *
     * @return 0 or more
     */
    public int largestQueueDepth() {
        return queues.largestDepth();
    }

    /**
     * Calls carried out to their end.
     *
     * @return 0 or more
     */
    public long completedCount() {
        return completed.sum();
    }

    /**
     * Calls that failed because the pool was saturated.
     *
     * @return 0 or more
     */
    public long rejectedCount() {
        return rejected.sum();
    }

    /**
     * Threads started beyond the size because work waited and none got done.
     *
     * @return 0 or more
     */
    public long stallGrowthCount() {
        return stallGrowth.sum();
    }

    /**
     * Threads that the system refused to start.
     *
     * @return 0 or more
     */
    public long failedStartCount() {
        return failedStarts.sum();
    }

    /**
     * Failures that were survived: Throwables that reached a pool thread, or the pool's watch.
     *
     * @return 0 or more
     */
    public long thrownCount() {
        return thrown.sum();
    }

    /**
     * The threads alive.
     *
     * @return a copy, in no order
     */
    public List<PoolThread> liveThreads() {
        return new ArrayList<>(live);
    }
}
