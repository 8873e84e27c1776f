package io.tpool.offload;

import io.tpool.pool.Pool;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Saturation;
import io.tpool.pool.PoolTask;

/** A task that a pool thread runs while nobody waits for it. */
final class PostedTask extends PoolTask {
    private final Pool pool;
    private final Runnable task;
    private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
    private volatile long begunAt;

    PostedTask(Pool pool, Runnable task) {
        this.pool = pool;
        this.task = task;
    }

    @Override
    protected void carry(PoolThread thread) {
        begunAt = System.nanoTime();
        try {
            thread.lend(contextClassLoader);
            task.run();
        } catch (Throwable e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } finally {
            Thread.interrupted();
            thread.takeBack();
            pool.countCompleted();
        }
    }

    @Override
    protected boolean release(Saturation how) {
        return false;
    }

    @Override
    public long begunAt() {
        return begunAt;
    }

    @Override
    public String description() {
        return "TPool.executor";
    }
}
