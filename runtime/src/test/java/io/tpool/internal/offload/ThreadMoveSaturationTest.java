// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import io.tpool.testing.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that find no thread free. */
class ThreadMoveSaturationTest {
    private static final long TOO_LARGE = 1L << 60;

    @Test
    void four_calls_end_that_only_a_fifth_can_release_on_a_pool_of_two() throws Exception {
        try (Listed listed = Listed.inPool(2, 8, 0, Saturation.WAIT, Mode.TPOOL)) {
            CountDownLatch blocked = new CountDownLatch(4);
            CountDownLatch released = new CountDownLatch(1);
            List<Virtual.Running<?>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Virtual.start(() -> listed.call(() -> {
                    Virtual.belowNativeFrame(() -> {
                        blocked.countDown();
                        awaitQuietly(released);
                    });
                    return null;
                })));
            }
            Await.open("the four block a pool thread each", blocked);
            threads.add(Virtual.start(() -> listed.call(() -> {
                released.countDown();
                return null;
            })));
            for (Virtual.Running<?> thread : threads) {
                thread.end();
            }
            assertEquals(5, listed.figures().offloaded());
            assertEquals(5, listed.pool.largestThreadCount());
        }
    }

    @Test
    void a_call_at_the_largest_size_runs_where_it_is_if_told_so() throws Exception {
        try (Listed listed = Listed.inPool(1, 1, 0, Saturation.INPLACE, Mode.TPOOL)) {
            Occupied.during(listed.pool, 1, () -> assertFalse(Virtual.call(() -> listed.call(listed::isCarrying))));
            assertEquals(1, listed.figures().inPlace());
            assertEquals(0, listed.figures().offloaded());
            listed.awaitIdle();
            assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
        }
    }

    @Test
    void a_call_at_the_largest_size_fails_if_told_so_and_leaves_the_thread_as_it_was() throws Exception {
        try (Listed listed = Listed.inPool(1, 1, 0, Saturation.REJECT, Mode.TPOOL)) {
            Occupied.during(listed.pool, 1, () -> Virtual.call(() -> {
                Thread.currentThread().interrupt();
                RejectedExecutionException e =
                        assertThrows(RejectedExecutionException.class, () -> listed.call(listed::isCarrying));
                assertTrue(e.getMessage().contains(listed.pool.name()), e.getMessage());
                assertFalse(listed.isCarrying());
                assertTrue(Thread.interrupted());
                return null;
            }));
            listed.awaitIdle();
            assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
            assertEquals(1, listed.figures().failed());
            assertEquals(1, listed.figures().offloaded());
            assertEquals(1, listed.pool.rejectedCount());
        }
    }

    @Test
    void calls_that_were_waiting_when_the_pool_came_to_its_largest_size_run_where_they_are_if_told_so()
            throws Exception {
        try (Listed listed = Listed.inPool(1, 2, 0, Saturation.INPLACE, Mode.TPOOL)) {
            assertFalse(whileStalled(listed).end());
            assertEquals(1, listed.figures().inPlace());
        }
    }

    @Test
    void calls_that_were_waiting_when_the_pool_came_to_its_largest_size_fail_if_told_so() throws Exception {
        try (Listed listed = Listed.inPool(1, 2, 0, Saturation.REJECT, Mode.TPOOL)) {
            assertThrows(RejectedExecutionException.class, whileStalled(listed)::end);
            assertEquals(1, listed.figures().failed());
            assertEquals(0, listed.figures().inPlace());
            assertEquals(1, listed.pool.rejectedCount());
        }
    }

    @Test
    void a_call_runs_where_it_is_if_the_system_starts_no_thread() throws Exception {
        try (Listed listed = Listed.inPool(1, 4, TOO_LARGE, Saturation.WAIT, Mode.TPOOL)) {
            List<Virtual.Running<?>> threads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                threads.add(Virtual.start(() -> listed.call(() -> {
                    assertFalse(listed.isCarrying());
                    return null;
                })));
            }
            for (Virtual.Running<?> thread : threads) {
                thread.end();
            }
            assertEquals(100, listed.figures().inPlace());
            assertEquals(0, listed.figures().failed());
            assertEquals(0, listed.pool.queueDepth());
        }
    }

    /**
     * A call that waits while one thread is busy; then the pool grows by one, which is busy too. It was interrupted
     * meanwhile.
     */
    private static Virtual.Running<Boolean> whileStalled(Listed listed) throws Exception {
        Occupied first = Occupied.threads(listed.pool, 1);
        CompletableFuture<Occupied> second = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                second.complete(Occupied.threads(listed.pool, 1));
            } catch (Throwable e) {
                second.completeExceptionally(e);
            }
        });
        Await.until("the second waits, or the pool has grown for it", () -> listed.pool.queueDepth() == 1
                || listed.pool.threadCount() == 2);
        Virtual.Running<Boolean> caller = Virtual.start(() -> listed.call(listed::isCarrying));
        caller.thread().interrupt();
        Await.end(caller.thread());
        first.free();
        second.get(30, TimeUnit.SECONDS).free();
        return caller;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            Await.open("the fifth releases them", latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
