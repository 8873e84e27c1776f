// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.api;

import io.tpool.internal.offload.Offload;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Pools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pool of this copy of the API. */
public final class LocalPool implements PoolOperations {
    private final Pool pool;
    private final boolean shared;
    private volatile boolean closed;

    public LocalPool(Pool pool, boolean shared) {
        this.pool = pool;
        this.shared = shared;
    }

    @Override
    public <T> T execute(Callable<T> task) throws Exception {
        refuseIfClosed();
        return Offload.call(pool, task);
    }

    @Override
    public <T> T execute(Callable<T> task, Duration timeout) throws Exception {
        refuseIfClosed();
        if (timeout.isZero() || timeout.isNegative()) {
            throw new TimeoutException("a timeout of " + timeout + " leaves no time: the task was not started");
        }
        return Offload.call(pool, task, TimeUnit.NANOSECONDS.convert(timeout));
    }

    @Override
    public void post(Runnable task) {
        refuseIfClosed();
        Offload.post(pool, task);
    }

    @Override
    public void resize(int size) {
        pool.resize(size);
    }

    @Override
    public int size() {
        return pool.size();
    }

    @Override
    public void killAll() {
        List<PoolThread> threads = pool.liveThreads();   // first: those that later calls start stay
        pool.killAll();
        threads.forEach(LocalPool::awaitEnd);
    }

    private static boolean isIdle(PoolThread thread) {
        PoolTask task = thread.current();
        Thread.State state = thread.getState();
        return (task == null || task.ended()) && state != Thread.State.NEW && state != Thread.State.TERMINATED;
    }

    private static void awaitEnd(PoolThread thread) {
        try {
            while (thread != Thread.currentThread() && isIdle(thread)) {
                thread.join(Duration.ofMillis(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();   // they end all the same; this was a courtesy
        }
    }

    @Override
    public void close() {
        if (shared) {
            return;
        }
        closed = true;
        Pools.remove(pool);
        pool.retire();
        killAll();
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new RejectedExecutionException("pool " + pool.name() + " is closed: the task was not started");
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return "TPool " + pool.name() + ": " + pool.activeCount() + " of " + pool.threadCount() + " threads busy, "
                + pool.queueDepth() + " calls waiting, size " + pool.size() + ", at most " + pool.max();
    }
}
