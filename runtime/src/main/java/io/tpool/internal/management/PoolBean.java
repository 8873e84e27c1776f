// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.management;

import io.tpool.management.PoolMXBean;
import io.tpool.management.PoolThreadRow;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import java.util.Map;
import java.util.TreeMap;

/** Shows a pool. */
public final class PoolBean implements PoolMXBean {
    private final Pool pool;

    /**
     * Creates one.
     *
     * @param pool not null
     */
    public PoolBean(Pool pool) {
        this.pool = pool;
    }

    @Override
    public int getSize() {
        return pool.size();
    }

    @Override
    public void setSize(int threads) {
        pool.resize(threads);
    }

    @Override
    public int getMaxSize() {
        return pool.max();
    }

    @Override
    public void setMaxSize(int threads) {
        pool.setMax(threads);
    }

    @Override
    public int getThreadCount() {
        return pool.threadCount();
    }

    @Override
    public int getLargestThreadCount() {
        return pool.largestThreadCount();
    }

    @Override
    public int getActiveCount() {
        return pool.activeCount();
    }

    @Override
    public int getQueueDepth() {
        return pool.queueDepth();
    }

    @Override
    public int getLargestQueueDepth() {
        return pool.largestQueueDepth();
    }

    @Override
    public long getCompletedCount() {
        return pool.completedCount();
    }

    @Override
    public long getRejectedCount() {
        return pool.rejectedCount();
    }

    @Override
    public long getStallGrowthCount() {
        return pool.stallGrowthCount();
    }

    @Override
    public Map<String, PoolThreadRow> getThreads() {
        Map<String, PoolThreadRow> rows = new TreeMap<>();
        for (PoolThread thread : pool.liveThreads()) {
            rows.put(thread.getName(), row(thread));
        }
        return rows;
    }

    private static PoolThreadRow row(PoolThread thread) {
        PoolTask task = thread.current();
        if (task == null) {
            return new PoolThreadRow(thread.getName(), thread.osThreadId(), "", 0, "", false, 0);
        }
        Thread caller = task.caller();
        long begun = task.begunAt();
        long running = begun == 0 ? 0 : Math.max(0, System.nanoTime() - begun) / 1_000;
        return new PoolThreadRow(thread.getName(), thread.osThreadId(), task.description(),
                caller == null ? 0 : caller.threadId(), caller == null ? "" : caller.getName(),
                caller != null && caller.isVirtual(), running);
    }
}
