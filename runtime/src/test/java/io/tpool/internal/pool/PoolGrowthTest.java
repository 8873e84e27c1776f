// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the number of threads follows the work, the size and the largest size; and what happens at the latter. */
class PoolGrowthTest {
    private static final long FOREVER = 3_600_000_000_000L;
    private final CountDownLatch watched = new CountDownLatch(1);
    private Pool pool = pool(2, 8, Saturation.WAIT);

    @AfterEach
    void end() {
        watched.countDown();
        pool.killAll();
    }

    @Test
    void grows_beyond_its_size_until_four_calls_end_that_only_a_fifth_can_release() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(new Job(thread -> Await.open("the fifth runs", released)));
        }
        jobs.add(new Job(thread -> released.countDown()));
        jobs.forEach(pool::submit);
        for (Job job : jobs) {
            Await.open("the job has run", job.over);
        }
        assertEquals(5, pool.largestThreadCount());
        assertEquals(3, pool.stallGrowthCount());
    }

    @Test
    void grows_by_one_thread_for_each_time_without_progress() throws Exception {
        Occupied.during(pool, 2, () -> {
            CountDownLatch go = new CountDownLatch(1);
            long begun = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                pool.submit(new Job(thread -> Await.open("the test goes on", go)));
            }
            Await.until("a thread for each", () -> pool.threadCount() == 5);
            // No upper bound: a busy machine makes it later, never earlier. The first time may have begun with the
            // occupation.
            assertTrue(System.nanoTime() - begun >= 2 * StallDetector.STALL_NANOS, "grew too fast");
            Await.until("each is counted", () -> pool.stallGrowthCount() == 3);
            go.countDown();
        });
    }

    /**
     * Where this machine stops the test for the time of a stall, nothing is completed, and the pool may grow by one
     * thread.
     */
    @Test
    void does_not_grow_while_calls_are_completed() throws Exception {
        Occupied.during(pool, 2, () -> {
            long completedAt = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                pool.submit(new Job(thread -> Await.open("the pool has been watched", watched)));
            }
            long calmSince = completedAt;
            long stalls = 0;
            while (completedAt - calmSince < 5 * StallDetector.STALL_NANOS) {
                Thread.sleep(5);
                long before = System.nanoTime();
                pool.countCompleted();
                long gap = System.nanoTime() - completedAt;
                completedAt = before;
                if (gap >= StallDetector.STALL_NANOS) {
                    stalls += gap / StallDetector.STALL_NANOS;
                    calmSince = before;
                }
            }
            long grown = pool.stallGrowthCount();
            assertTrue(grown <= stalls, grown + " threads more, for " + stalls + " times without a completed call");
        });
    }

    @Test
    void never_has_more_threads_than_its_largest_size() throws Exception {
        pool = pool(1, 2, Saturation.WAIT);
        Job third = new Job(thread -> { });
        Occupied.during(pool, 2, () -> {
            pool.submit(third);
            awaitTheWatch();
            assertEquals(2, pool.threadCount());
            assertEquals(0, third.carried.get());
            assertEquals(0, third.released.get());
        });
        Await.open("the third has run", third.over);
        assertEquals(2, pool.largestThreadCount());
    }

    @Test
    void ends_threads_beyond_its_size_as_soon_as_they_are_idle() throws Exception {
        Occupied.during(pool, 5, () -> {
            assertEquals(5, pool.threadCount());
        });
        Await.until("only two are left", () -> pool.threadCount() == 2 && pool.liveThreads().size() == 2);
    }

    @Test
    void lets_a_call_run_where_it_is_at_the_largest_size_if_told_so() throws Exception {
        pool = pool(1, 2, Saturation.INPLACE);
        Job late = new Job(thread -> { });
        Occupied.during(pool, 2, () -> assertEquals(Pool.Answer.INPLACE, pool.submit(late)));
        assertEquals(0, pool.rejectedCount());
        assertEquals(0, late.carried.get());
    }

    @Test
    void refuses_a_call_at_the_largest_size_if_told_so() throws Exception {
        pool = pool(1, 1, Saturation.REJECT);
        Job late = new Job(thread -> { });
        Occupied.during(pool, 1, () -> {
            assertEquals(Pool.Answer.REJECT, pool.submit(late));
        });
        assertEquals(1, pool.rejectedCount());
        assertEquals(0, late.carried.get());
    }

    /** The largest size is lowered when all calls wait: a pool that has come to it before refuses the rest. */
    @Test
    void lets_calls_go_that_were_waiting_when_it_came_to_its_largest_size() throws Exception {
        pool = pool(1, 100, Saturation.REJECT);
        CountDownLatch go = new CountDownLatch(1);
        List<Job> blocking = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            blocking.add(new Job(thread -> Await.open("the test goes on", go)));
        }
        blocking.forEach(job -> assertEquals(Pool.Answer.TAKEN, pool.submit(job)));
        pool.setMax(2);
        Await.until("each runs or is let go",
                () -> blocking.stream().allMatch(job -> job.carried.get() + job.released.get() == 1));
        List<Job> released = blocking.stream().filter(job -> job.released.get() == 1).toList();
        int threads = pool.threadCount();
        assertTrue(threads >= 2 && threads < 50, threads + " threads");
        assertEquals(50 - threads, released.size());
        released.forEach(job -> assertEquals(Saturation.REJECT, job.how));
        go.countDown();
        Await.until("the queue is empty", () -> pool.queueDepth() == 0);
    }

    @Test
    void starts_threads_at_once_for_calls_that_wait_when_it_is_made_larger() throws Exception {
        List<Job> waiting = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        Occupied.during(pool, 2, () -> {
            for (int i = 0; i < 6; i++) {
                waiting.add(new Job(thread -> Await.open("the test goes on", go)));
                pool.submit(waiting.get(i));
            }
            pool.resize(20);
            int threads = pool.threadCount();
            assertTrue(threads >= 8, threads + " threads when it has been made larger");
            for (Job job : waiting) {
                Await.open("it runs", job.begun);
            }
            assertEquals(20, pool.size());
            assertEquals(20, pool.max());
            go.countDown();
        });
    }

    @Test
    void ends_idle_threads_at_once_when_it_is_made_smaller() throws Exception {
        pool.resize(6);
        Occupied.threads(pool, 6).free();
        pool.resize(1);
        Await.until("one is left", () -> pool.threadCount() == 1);
        assertEquals(8, pool.max());
    }

    @Test
    void refuses_sizes_that_cannot_be() {
        assertThrows(IllegalArgumentException.class, () -> pool.resize(0));
        assertThrows(IllegalArgumentException.class, () -> pool.resize(-1));
        assertThrows(IllegalArgumentException.class, () -> pool.resize(1_000_000_000));
        assertThrows(IllegalArgumentException.class, () -> pool.setMax(1));
        assertThrows(IllegalArgumentException.class, () -> pool.setMax(1_000_000_000));
        assertEquals(2, pool.size());
        assertEquals(8, pool.max());
    }

    /** Returns when the watch must have seen that nothing gets done. */
    private static void awaitTheWatch() throws Exception {
        Pool other = pool(1, 2, Saturation.WAIT);
        Occupied.during(other, 1, () -> {
            for (int i = 0; i < 2; i++) {
                other.submit(new Job(thread -> Thread.sleep(1)));
            }
            Await.until("the other pool has grown", () -> other.stallGrowthCount() > 0);
        });
        other.killAll();
    }

    private static Pool pool(int size, int max, Saturation saturation) {
        return new Pool(PoolConfig.of("growth", size, max).withKeepAliveNanos(FOREVER).withSaturation(saturation));
    }
}
