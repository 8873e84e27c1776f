// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void whoeverAsksAtTheSameTimeGetsTheSamePool() throws Exception {
        int askers = 4;
        CyclicBarrier together = new CyclicBarrier(askers);
        try (ExecutorService threads = Executors.newFixedThreadPool(askers)) {
            for (int round = 0; round < 200; round++) {
                Pools.plan(PoolConfig.of(NAME, 3));
                List<Future<Pool>> found = threads.invokeAll(Collections.nCopies(askers, () -> {
                    together.await();
                    return Pools.find(NAME);
                }));
                Pool first = found.get(0).get();
                assertNotNull(first);
                for (Future<Pool> pool : found) {
                    assertSame(first, pool.get());
                }
                Pools.remove(first);
            }
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
