// SPDX-License-Identifier: Apache-2.0
package io.tpool.testing;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;
import java.util.concurrent.CountDownLatch;

/** Threads of a pool that are kept busy, as by native code, until they are freed. */
public final class Occupied {
    /** What a test does meanwhile. */
    public interface Body {
        /** Does it. */
        void run() throws Exception;
    }

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch begun;
    private final CountDownLatch ended;

    private Occupied(int threads) {
        begun = new CountDownLatch(threads);
        ended = new CountDownLatch(threads);
    }

    /** Occupies that many threads of the pool, all of them when this returns. */
    public static Occupied threads(Pool pool, int threads) throws InterruptedException {
        Occupied occupied = new Occupied(threads);
        for (int i = 0; i < threads; i++) {
            if (pool.submit(occupied.new Block()) != Pool.Answer.TAKEN) {
                throw new AssertionError("the pool took only " + i + " of " + threads);
            }
        }
        Await.open("the pool's threads are occupied", occupied.begun);
        return occupied;
    }

    /** Runs the body while that many threads of the pool are occupied. */
    public static void during(Pool pool, int threads, Body body) throws Exception {
        Occupied occupied = threads(pool, threads);
        try {
            body.run();
        } finally {
            occupied.free();
        }
    }

    /** Lets the threads go, and waits until they are. */
    public void free() {
        release.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            Await.open("the pool's threads are free", ended);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Block extends PoolTask {
        @Override
        protected void carry(PoolThread thread) throws InterruptedException {
            begun.countDown();
            try {
                Await.open("the test lets the thread go", release);
            } finally {
                ended.countDown();
            }
        }

        @Override
        protected boolean release(Saturation how) {
            return false;
        }

        @Override
        public long begunAt() {
            return 0;
        }

        @Override
        public String description() {
            return "occupation";
        }
    }
}
