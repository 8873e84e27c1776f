package io.tpool.internal.pool;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A pool of platform threads: started on demand, last used first, ended after a time without work.
 *
 * <p>Nothing here takes a lock or parks the caller, so a virtual thread may submit at any point of its life, and so
 * may the JDK on its behalf. How work and threads find each other is told at {@link Workers}. Work in a queue belongs
 * to whoever takes it out.
 *
 * <p>Beyond {@link #size} the pool is grown by its {@link StallDetector}, when work waits and none gets done. The
 * number of threads never exceeds {@link #max}.
 *
 * @since 1.0
 */
public final class Pool {
    /** What became of submitted work. */
    public enum Answer {
        /** It will be carried out, or {@linkplain PoolTask#release released}. */
        TAKEN,
        /** It is to run where it is: the pool is saturated, or the system starts no threads. */
        INPLACE,
        /** It is to fail: the pool is saturated. */
        REJECT
    }

    /** What it was made with; {@link #resize} and {@link #setMax} change size and max since. */
    final PoolConfig config;
    private final String name;
    /** The stack that threads are started with. Tests change it, so that the system refuses threads. */
    volatile long requestedStackSize;
    private final long keepAliveNanos;
    private final Saturation saturation;
    private volatile int size;
    private volatile int max;
    private volatile int generation;
    private volatile boolean retired;

    private final Queues queues = new Queues();
    private final Workers workers = new Workers(this, queues);
    private final StallDetector.Watched watched = new StallDetector.Watched(this);
    /** For those who change the settings; no hot path comes here. */
    private final Object settings = new Object();

    /** Tasks that wait or are carried out; counted only where the policy refuses some. */
    private final AtomicInteger places = new AtomicInteger();
    private final LongAdder completed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder stallGrowth = new LongAdder();
    private final LongAdder thrown = new LongAdder();

    /**
     * Makes a pool; no thread is started yet.
     *
     * @param config its shape
     */
    public Pool(PoolConfig config) {
        this.config = config;
        name = config.name();
        size = config.size();
        max = config.max();
        keepAliveNanos = config.keepAliveNanos();
        requestedStackSize = config.stackSize();
        saturation = config.saturation();
    }

    /**
     * Hands a task over that has not begun. Never blocks, takes no lock. If it throws the task may have been queued
     * all the same.
     *
     * @param task what to carry out, submitted for the first time
     * @return what became of it; only a {@link Answer#TAKEN} task is carried out
     */
    public Answer submit(PoolTask task) {
        if (saturation != Saturation.WAIT && !takesPlace(task)) {
            return refuse();
        }
        if (isQueued(queues.waiting(), task)) {
            return Answer.TAKEN;
        }
        task.leavePool();
        return Answer.INPLACE;
    }

    /**
     * Hands a task over that goes on with a call. Never blocks, takes no lock, never refuses.
     *
     * @param task what to go on with, submitted for the first time
     * @return false if the pool has no thread and the system starts none: the task is then the caller's again
     */
    public boolean resume(PoolTask task) {
        if (saturation != Saturation.WAIT) {
            places.incrementAndGet();
            task.occupy(this);
        }
        boolean queued = isQueued(queues.returning(), task);
        if (!queued) {
            task.leavePool();
        }
        return queued;
    }

    /** False if the task is to be refused: at once, whatever the threads are doing at that moment. */
    private boolean takesPlace(PoolTask task) {
        for (int taken = places.get(); taken < max || !isAtMax(); taken = places.get()) {
            if (places.compareAndSet(taken, taken + 1)) {
                task.occupy(this);
                return true;
            }
        }
        return false;
    }

    /** True if the pool has all the threads that it may have, or starts them as they are needed. */
    private boolean isAtMax() {
        return size >= max || workers.count() >= max;
    }

    void placeIsFree() {
        places.decrementAndGet();
    }

    private boolean isQueued(Queue<PoolTask> queue, PoolTask task) {
        if (!queues.add(queue, task)) {
            return false;
        }
        try {
            workers.letSomebodyLook();
        } catch (OutOfMemoryError | StackOverflowError unable) {
            StallDetector.attend(watched);   // the task is in its queue, and somebody has to come for it
        }
        if (workers.areStranded()) {
            boolean back = task.mayRunInPlace() && queues.remove(queue, task);
            letAllGo();
            return !back;
        }
        return true;
    }

    private Answer refuse() {
        if (saturation == Saturation.INPLACE) {
            return Answer.INPLACE;
        }
        countRejected();
        return Answer.REJECT;
    }

    /** Nobody is there to carry it out. */
    void letAllGo() {
        letGo(queues.returning(), Saturation.INPLACE);
        letGo(queues.waiting(), Saturation.INPLACE);
    }

    /**
     * Changes the number of threads used when all goes well; {@link #max} is raised with it where it would lie below.
     * At once, also for work that waits already.
     *
     * @param threads 1 to {@value PoolConfig#LARGEST}
     * @throws IllegalArgumentException if out of range
     */
    public void resize(int threads) {
        PoolConfig.checkSize("size", threads);
        synchronized (settings) {
            if (threads > max) {
                max = threads;
            }
            size = threads;
        }
        for (int i = queues.depth(); i > 0 && workers.startBelow(threads); i--) {
            continue;
        }
        workers.wake(workers.count() - threads);
    }

    /**
     * Changes the number of threads that the pool may grow to.
     *
     * @param threads {@link #size} to {@value PoolConfig#LARGEST}
     * @throws IllegalArgumentException if out of range
     */
    public void setMax(int threads) {
        PoolConfig.checkSize("max", threads);
        synchronized (settings) {
            if (threads < size) {
                throw new IllegalArgumentException("max " + threads + " is below size " + size);
            }
            max = threads;
        }
    }

    /**
     * Lets all threads end: what runs and what waits is finished first, and the next work starts new threads. Safe
     * from any thread; does not wait.
     */
    public void killAll() {
        synchronized (settings) {
            generation++;
        }
        workers.wake(workers.count());
    }

    /**
     * Keeps no idle thread from now on. What runs and what waits is finished; a thread is started only for work that
     * comes back, or comes late.
     */
    public void retire() {
        retired = true;
        killAll();
    }

    // ---- for the threads and the watch ----

    Workers workers() {
        return workers;
    }

    long keepAliveNanos() {
        return keepAliveNanos;
    }

    int generation() {
        return generation;
    }

    boolean isRetired() {
        return retired;
    }

    StallDetector.Watched watched() {
        return watched;
    }

    /** Places taken; always 0 where the policy is {@link Saturation#WAIT}. */
    int placesTaken() {
        return places.get();
    }

    boolean hasWaiting() {
        return !queues.isEmpty();
    }

    /** Work waits and none gets done: one more thread, or, where there can be no more, the policy. */
    void stalled() {
        workers.buryDead();
        workers.remindParked();
        if (workers.startBelow(size)) {
            return;
        }
        if (workers.startBelow(max)) {
            stallGrowth.increment();
        } else if (saturation != Saturation.WAIT && workers.count() >= max) {
            letGo(queues.waiting(), saturation);
        }
    }

    private void letGo(Queue<PoolTask> queue, Saturation how) {
        for (PoolTask task : queue) {
            if (isReleased(task, how) && queues.remove(queue, task)) {
                task.leavePool();
            }
        }
    }

    private boolean isReleased(PoolTask task, Saturation how) {
        try {
            return task.release(how);
        } catch (Throwable e) {   // its home scheduler refuses it: the rest of the queue is not to suffer from it
            countThrown();
            return false;
        }
    }

    /**
     * Takes a task out of the queue that nobody waits for any more.
     *
     * @param task that has not begun and has no effect any more
     */
    public void drop(PoolTask task) {
        if (queues.remove(queues.waiting(), task)) {
            task.leavePool();
        }
    }

    /** Counts a call that failed because the pool was saturated. */
    public void countRejected() {
        rejected.increment();
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
        return config.stackSize();
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
        return workers.count();
    }

    /**
     * The most threads that were alive at once.
     *
     * @return 0 or more
     */
    public int largestThreadCount() {
        return workers.largest();
    }

    /**
     * Threads that carry something out.
     *
     * @return counted one by one, so it is not an atomic snapshot
     */
    public int activeCount() {
        return workers.active();
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
        return workers.failedStarts();
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
        return workers.live();
    }
}
