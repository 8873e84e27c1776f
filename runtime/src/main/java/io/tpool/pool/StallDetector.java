package io.tpool.pool;

import io.tpool.jdk.VirtualThreads;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that looks after pools in which work waits: it adds a thread where none of it gets done.
 *
 * <p>Calls that depend on each other (the one that would release the others is queued behind them) deadlock a bounded pool. So
 * growth beyond the size follows progress: when work waits and none has been completed for {@link #STALL_NANOS}, one more
 * thread starts.
 *
 * <p><b>Protocol.</b> {@link #attend} puts the pool into {@link #attended}, then looks at {@link #thread}: absent, it starts one;
 * {@link #dozing}, it wakes it. The watch sets {@code dozing}, then looks at {@code attended}, then parks. A pool is taken out only
 * by the watch, which then looks at the pool's queues once more. It ends never: a daemon that parks costs nothing.
 */
final class StallDetector implements Runnable {
    static final long STALL_NANOS = 100_000_000;
    private static final long TICK_NANOS = 20_000_000;

    private static final ConcurrentMap<Pool, Progress> attended = new ConcurrentHashMap<>();
    private static final AtomicReference<Thread> thread = new AtomicReference<>();
    private static volatile boolean dozing;

    private StallDetector() {
    }

    private static final class Progress {
        long completed;
        long since;

        Progress(Pool pool) {
            restart(pool);
        }

        void restart(Pool pool) {
            completed = pool.completedCount();
            since = System.nanoTime();
        }
    }

    static void attend(Pool pool) {
        if (attended.containsKey(pool)) {
            return;
        }
        try {
            attended.putIfAbsent(pool, new Progress(pool));
        } catch (OutOfMemoryError none) {
            return;   // the work is in its queue, where threads find it; the next to come attends
        }
        Thread watch = thread.get();
        if (watch == null) {
            start();
        } else if (dozing) {
            LockSupport.unpark(watch);
        }
    }

    private static void start() {
        try {
            Thread watch = new Thread(null, new StallDetector(), "tpool-watch", 0, false);
            watch.setDaemon(true);
            watch.setPriority(Thread.NORM_PRIORITY);
            watch.setContextClassLoader(ClassLoader.getSystemClassLoader());
            VirtualThreads.forgetInheritedAccess(watch);
            if (thread.compareAndSet(null, watch)) {
                start(watch);
            }
        } catch (OutOfMemoryError none) {
            attended.clear();
        }
    }

    private static void start(Thread watch) {
        try {
            watch.start();
        } catch (Throwable unable) {   // the next caller tries again
            thread.set(null);
            attended.clear();
        }
    }

    @Override
    public void run() {
        for (;;) {
            try {
                Thread.interrupted();
                if (attended.isEmpty()) {
                    doze();
                } else {
                    LockSupport.parkNanos(this, TICK_NANOS);
                    look();
                }
            } catch (Throwable noMemory) {   // the pools of other people's applications depend on this thread
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
    }

    private void doze() {
        dozing = true;
        if (attended.isEmpty()) {
            LockSupport.park(this);
        }
        dozing = false;
    }

    private static void look() {
        for (var entry : attended.entrySet()) {
            try {
                look(entry.getKey(), entry.getValue());
            } catch (Throwable e) {   // the other pools are not to suffer from it
                entry.getKey().countThrown();
            }
        }
    }

    private static void look(Pool pool, Progress progress) {
        if (!pool.hasWaiting()) {
            attended.remove(pool);
            if (pool.hasWaiting()) {
                attended.putIfAbsent(pool, new Progress(pool));
            }
            return;
        }
        if (pool.completedCount() != progress.completed) {
            progress.restart(pool);
        } else if (System.nanoTime() - progress.since >= STALL_NANOS) {
            pool.stalled();
            progress.restart(pool);
        }
    }
}
