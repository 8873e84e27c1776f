// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;

/**
 * A pool of platform threads. A thread is started when a task needs one, the thread that was used last is used first,
 * and a thread ends after a time without a task.
 *
 * <p>Submitting a task takes no lock and does not park the caller. So a virtual thread may submit at any point of its
 * life, and so may the JDK on its behalf. {@link Workers} tells how tasks and threads find each other. A task in a
 * queue belongs to the party that takes it out.
 *
 * <p>The {@link StallDetector} grows the pool beyond {@link #size} when tasks wait and none gets done. The number of
 * threads never exceeds {@link #max}. A pool whose {@linkplain Saturation policy} does not let all tasks wait counts
 * their places, see {@link AdmissionControl}.
 *
 * @since 1.0
 */
public final class Pool {
    /** What became of a submitted task. */
    public enum Answer {
        /** The task will be carried out, or {@linkplain PoolTask#release released}. */
        TAKEN,
        /** The task is to run where it is: the pool is saturated, or the system starts no threads. */
        INPLACE,
        /** The task is to fail: the pool is saturated. */
        REJECT
    }

    /** What it was made with; {@link #resize} and {@link #setMax} change size and max since. */
    final PoolConfig config;
    private final String name;
    /** The stack that threads are started with. Tests change it, so that the system refuses threads. */
    volatile long requestedStackSize;
    private final Saturation saturation;

    private final ThreadLimits limits;
    private final Queues queues = new Queues();
    private final Workers workers;
    private final AdmissionControl admission;
    private final StallDetector.Watched watched = new StallDetector.Watched(this);
    private final LongAdder completed = new LongAdder();
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
        requestedStackSize = config.stackSize();
        saturation = config.saturation();
        limits = new ThreadLimits(config);
        workers = new Workers(this, queues, limits);
        admission = new AdmissionControl(saturation, limits, workers);
    }

    /**
     * Hands a task over that has not begun. Never blocks, takes no lock. If it throws the task may have been queued
     * all the same.
     *
     * @param task what to carry out, submitted for the first time
     * @return what became of it; only a {@link Answer#TAKEN} task is carried out
     */
    public Answer submit(PoolTask task) {
        if (saturation != Saturation.WAIT && !admission.admits(task)) {
            return admission.refuse();
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
            admission.readmit(task);
        }
        boolean queued = isQueued(queues.returning(), task);
        if (!queued) {
            task.leavePool();
        }
        return queued;
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

    /** No thread is there to carry the tasks out. */
    void letAllGo() {
        queues.letGo(queues.returning(), Saturation.INPLACE, thrown);
        queues.letGo(queues.waiting(), Saturation.INPLACE, thrown);
    }

    /**
     * Changes the number of threads used when all goes well, and raises {@link #max} where it would lie below. Takes
     * effect at once, also for tasks that wait already.
     *
     * @param threads 1 to {@value PoolConfig#LARGEST}
     * @throws IllegalArgumentException if out of range
     */
    public void resize(int threads) {
        limits.resize(threads);
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
        limits.setMax(threads);
    }

    /**
     * Lets all threads end after they have finished the tasks that run and wait. The next task starts a new thread.
     * Safe from any thread; does not wait.
     */
    public void killAll() {
        limits.beginGeneration();
        workers.wake(workers.count());
    }

    /**
     * Keeps no idle thread from now on. Tasks that run or wait are finished. A thread is started only for a call that
     * goes on, or a task that comes late.
     */
    public void retire() {
        limits.retire();
        killAll();
    }

    // ---- for the threads and the stall detector ----

    Workers workers() {
        return workers;
    }

    StallDetector.Watched watched() {
        return watched;
    }

    /** Places taken; always 0 where the policy is {@link Saturation#WAIT}. */
    int placesTaken() {
        return admission.placesTaken();
    }

    boolean hasWaiting() {
        return !queues.isEmpty();
    }

    /** Tasks wait and none gets done: starts one more thread, or, where there can be no more, applies the policy. */
    void stalled() {
        workers.buryDead();
        workers.remindParked();
        if (workers.startBelow(limits.size())) {
            return;
        }
        if (workers.startBelow(limits.max())) {
            stallGrowth.increment();
        } else if (saturation != Saturation.WAIT && workers.count() >= limits.max()) {
            queues.letGo(queues.waiting(), saturation, thrown);
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
        admission.countRejected();
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

    /** The pool's name, as configured. */
    public String name() {
        return name;
    }

    /** Bytes for the stack of a thread; 0 for the JVM's default. */
    public long stackSize() {
        return config.stackSize();
    }

    /** Threads used when all goes well, 1 or more. */
    public int size() {
        return limits.size();
    }

    /** Threads that the pool may grow to, {@link #size} or more. */
    public int max() {
        return limits.max();
    }

    /** Threads alive. */
    public int threadCount() {
        return workers.count();
    }

    /** The most threads that were alive at once. */
    public int largestThreadCount() {
        return workers.largest();
    }

    /** Threads that carry out a task. They are counted one by one, so this is no atomic snapshot. */
    public int activeCount() {
        return workers.active();
    }

    /** Tasks that wait for a thread. */
    public int queueDepth() {
        return queues.depth();
    }

    /** The most tasks that waited at once. */
    public int largestQueueDepth() {
        return queues.largestDepth();
    }

    /** Calls carried out to their end. */
    public long completedCount() {
        return completed.sum();
    }

    /** Calls that failed because the pool was saturated. */
    public long rejectedCount() {
        return admission.rejectedCount();
    }

    /** Threads started beyond the size because tasks waited and none got done. */
    public long stallGrowthCount() {
        return stallGrowth.sum();
    }

    /** Threads that the system refused to start. */
    public long failedStartCount() {
        return workers.failedStarts();
    }

    /** Failures that were survived: Throwables that reached a pool thread, or the stall detector. */
    public long thrownCount() {
        return thrown.sum();
    }

    /** The threads alive: a copy, in no order. */
    public List<PoolThread> liveThreads() {
        return workers.live();
    }
}
