// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolAccess;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import io.tpool.testing.Virtual;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A home scheduler that throws once when the runtime submits a thread to it. */
class ThrowingHomeTest {
    private final ExecutorService carriers = Executors.newFixedThreadPool(2,
            Thread.ofPlatform().daemon().name("home").factory());
    private final AtomicInteger throwing = new AtomicInteger();
    private final AtomicInteger thrown = new AtomicInteger();
    private final Executor home = task -> {
        if (throwing.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            thrown.incrementAndGet();
            throw new RejectedExecutionException("on purpose");
        }
        carriers.execute(task);
    };

    @AfterEach
    void end() {
        carriers.shutdown();
    }

    @Test
    void a_thread_that_is_let_go_from_the_queue_comes_back_all_the_same() throws Exception {
        Pool pool = new Pool(PoolConfig.of("throwing", 1, 2).withKeepAliveNanos(60_000_000_000L)
            .withSaturation(Saturation.INPLACE));
        Occupied occupied = Occupied.threads(pool, 1);
        Virtual.Running<String> call = callOn(pool);
        Await.until("the call waits", () -> PoolAccess.hasWaiting(pool));
        pool.setMax(1);
        throwing.set(1);
        PoolAccess.stalled(pool);
        assertEquals(1, thrown.get(), "let go, and refused");
        occupied.free();
        assertEquals("home again", call.end());
        Await.until("nothing is left", () -> pool.queueDepth() == 0 && PoolAccess.placesTaken(pool) == 0);
        pool.retire();
    }

    @Test
    void a_thread_at_the_end_of_its_call_comes_home_all_the_same() throws Exception {
        Pool pool = new Pool(PoolConfig.of("throwing", 1));
        Virtual.Running<String> call = Virtual.start(Virtual.on(home), () -> {
            Offload.call(pool, () -> "the first call loads and starts what is needed");
            Offload.call(pool, () -> {
                throwing.set(1);
                return null;
            });
            return whereNext();
        });
        assertEquals("home again", call.end());
        assertEquals(1, thrown.get());
        pool.retire();
    }

    @Test
    void where_it_throws_all_the_time_the_pool_thread_goes_on_with_the_thread() throws Exception {
        Pool pool = new Pool(PoolConfig.of("throwing", 1));
        Virtual.Running<String> call = Virtual.start(Virtual.on(home), () -> {
            Offload.call(pool, () -> {
                throwing.set(1000);
                return null;
            });
            return "ended";
        });
        assertEquals("ended", call.end());
        assertTrue(thrown.get() > 0);
        throwing.set(0);
        assertEquals("home again", callOn(pool).end());
        pool.retire();
    }

    private Virtual.Running<String> callOn(Pool pool) throws ReflectiveOperationException {
        return Virtual.start(Virtual.on(home), () -> {
            Offload.call(pool, () -> null);
            return whereNext();
        });
    }

    /** By the thread: where it is when it has next unmounted. */
    private String whereNext() {
        boolean unmounted = VirtualThreads.unmounts(Thread.currentThread());
        return unmounted && Virtual.where().startsWith("home") ? "home again" : "on " + Virtual.where();
    }
}
