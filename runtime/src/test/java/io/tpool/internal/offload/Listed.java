// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.hook.Move;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A listed method with a pool of its own, called as woven code calls it. */
final class Listed extends OwnPool {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long KEEP_ALIVE_NANOS = 30_000_000_000L;

    private Listed(Pool pool, Mode mode, String name) {
        super(pool, mode, name);
    }

    /** In a pool that never grows beyond its size. */
    static Listed inPool(int size) {
        return inPool(size, size, 0, Saturation.WAIT, Mode.TPOOL);
    }

    static Listed inPool(int size, int max, long stackSize, Saturation saturation, Mode mode) {
        String pool = "p" + NUMBERS.incrementAndGet();
        return new Listed(Pools.define(PoolConfig.of(pool, size, max).withKeepAliveNanos(KEEP_ALIVE_NANOS)
            .withStackSize(stackSize).withSaturation(saturation)), mode,
                pool + "#call()");
    }

    /** A further method in the same pool. */
    Listed another() {
        return new Listed(pool, Mode.TPOOL, pool.name() + "#another" + NUMBERS.incrementAndGet() + "()");
    }

    /** The body as a woven method of mode tpool has it. */
    <T> T call(Callable<T> body) throws Exception {
        Object passage = Move.enter(number);
        Throwable thrown = null;
        try {
            return body.call();
        } catch (Throwable e) {
            thrown = e;
            throw e;
        } finally {
            Move.exit(passage, thrown);
        }
    }

    /** Whether the current thread is carried by a thread of this pool. */
    boolean isCarrying() {
        return Virtual.carrier().startsWith("tpool-" + pool.name() + "-");
    }

    /** Waits until all threads of the pool wait for work. */
    void awaitIdle() throws InterruptedException {
        Await.until("the pool's threads are idle", () -> pool.liveThreads().stream()
                .allMatch(thread -> thread.current() == null && thread.getState() == Thread.State.TIMED_WAITING));
    }
}
