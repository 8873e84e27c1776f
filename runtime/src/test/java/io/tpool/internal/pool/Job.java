// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** PoolTask that runs a body, and counts what the pool does with it. */
final class Job extends PoolTask {
    /** What a job does. */
    interface Body {
        void run(PoolThread thread) throws Throwable;
    }

    final AtomicInteger carried = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    volatile Saturation how;
    private final Body body;

    Job(Body body) {
        this.body = body;
    }

    @Override
    protected void carry(PoolThread thread) throws Throwable {
        carried.incrementAndGet();
        begun.countDown();
        try {
            body.run(thread);
        } finally {
            over.countDown();
        }
    }

    @Override
    protected boolean release(Saturation saturation) {
        how = saturation;
        released.incrementAndGet();
        over.countDown();
        return true;
    }

    @Override
    public long begunAt() {
        return 0;
    }

    @Override
    public String description() {
        return "job";
    }
}
