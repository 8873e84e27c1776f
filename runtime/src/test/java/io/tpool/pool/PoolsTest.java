package io.tpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final String NAME = "planned";

    @AfterEach
    void remove() {
        Pool left = Pools.find(NAME);
        if (left != null) {
            Pools.remove(left);
        }
    }

    @Test
    void aPlannedPoolIsMadeWhenItIsAskedFor() {
        List<Pool> heard = listen();
        assertNull(Pools.plan(PoolConfig.of(NAME, 3)));
        assertEquals(List.of(), heard);
        Pool made = Pools.find(NAME);
        assertEquals(3, made.size());
        assertEquals(List.of(made), heard);
        assertSame(made, Pools.find(NAME));
        assertSame(made, Pools.define(PoolConfig.of(NAME, 5)));
        assertEquals(List.of(made), heard);
    }

    @Test
    void nothingIsPlannedWhereThereIsAPool() {
        Pool there = Pools.define(PoolConfig.of(NAME, 2));
        assertSame(there, Pools.plan(PoolConfig.of(NAME, 3)));
        Pools.remove(there);
        assertNull(Pools.find(NAME));
    }

    @Test
    void aPlannedPoolComesOnce() {
        Pools.plan(PoolConfig.of(NAME, 3));
        Pools.remove(Pools.define(PoolConfig.of(NAME, 5)));
        assertNull(Pools.find(NAME));
    }

    @Test
    void aPlannedPoolCountsAsOneThatIsThere() {
        Pools.plan(PoolConfig.of(NAME, 3));
        assertThrows(IllegalArgumentException.class, () -> Pools.create(PoolConfig.of(NAME, 5)));
        assertTrue(Pools.all().contains(Pools.find(NAME)));
    }

    @Test
    void whoObservesHearsOfPlannedPools() {
        Pools.plan(PoolConfig.of(NAME, 3));
        List<Pool> heard = listen();
        assertEquals(1, heard.size());
        assertSame(Pools.find(NAME), heard.get(0));
    }

    @Test
    void whoeverAsksAtTheSameTimeGetsTheSamePool() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Pools.plan(PoolConfig.of(NAME, 3));
            Pool[] found = new Pool[4];
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < found.length; i++) {
                int index = i;
                threads.add(Thread.ofPlatform().start(() -> {
                    await(start);
                    found[index] = Pools.find(NAME);
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertNotNull(found[0]);
            for (Pool pool : found) {
                assertSame(found[0], pool);
            }
            Pools.remove(found[0]);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hears of this test's pools only: others come and go beside it. */
    private static List<Pool> listen() {
        List<Pool> heard = new ArrayList<>();
        Pools.observe(new Pools.Observer() {
            @Override
            public void defined(Pool pool) {
                if (pool.name().equals(NAME)) {
                    heard.add(pool);
                }
            }

            @Override
            public void removed(Pool pool) {
                heard.remove(pool);
            }
        });
        return heard;
    }
}
