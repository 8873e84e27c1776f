// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that a pool thread runs while nobody waits for it.
 *
 * <p>Whoever changes {@link #claimed} runs the task: a pool thread; or, where the system starts no pool thread, the
 * thread that posted it or a virtual thread.
 */
final class PostedTask extends PoolTask implements Runnable {
    private final Pool pool;
    private final Runnable task;
    private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile long begunAt;

    PostedTask(Pool pool, Runnable task) {
        this.pool = pool;
        this.task = task;
    }

    @Override
    protected void carry(PoolThread thread) {
        if (!claimed.compareAndSet(false, true)) {
            return;
        }
        begunAt = System.nanoTime();
        try {
            lend(thread);
            task.run();
        } catch (Throwable e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } finally {
            Thread.interrupted();
            thread.takeBack();
            pool.countCompleted();
        }
    }

    private void lend(PoolThread thread) {
        try {
            thread.lend(contextClassLoader);
        } catch (Throwable refused) {   // the task matters more than its class loader
            pool.countThrown();
        }
    }

    /**
     * Nobody can be told that it was refused, so it waits at saturation. Without any pool thread a virtual thread runs
     * it.
     */
    @Override
    protected boolean release(Saturation how) {
        if (claimed.get()) {
            return true;
        }
        if (how == Saturation.REJECT) {
            return false;
        }
        Thread thread = Thread.ofVirtual().name("tpool-" + pool.name() + "-posted").unstarted(this);
        thread.setContextClassLoader(contextClassLoader);
        thread.start();
        return true;
    }

    /** Where no pool thread comes: on the thread that posted it, or on a virtual thread of its own. */
    @Override
    public void run() {
        if (claimed.compareAndSet(false, true)) {
            task.run();
        }
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
