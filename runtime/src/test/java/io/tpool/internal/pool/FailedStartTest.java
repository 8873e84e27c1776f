// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** The system refuses to start threads: here because it cannot give them a stack of an exbibyte. */
class FailedStartTest {
    private static final long TOO_LARGE = 1L << 60;
    private volatile Pool pool = unstartable();

    @Test
    void work_without_any_thread_is_to_run_where_it_is() {
        for (int i = 0; i < 10; i++) {
            Job job = new Job(thread -> { });
            Pool.Answer answer = pool.submit(job);
            assertEquals(answer == Pool.Answer.INPLACE ? 0 : 1, job.released.get(), answer.toString());
            assertEquals(0, job.carried.get());
        }
        assertNothingLeft();
        assertTrue(pool.failedStartCount() > 0);
    }

    @Test
    void work_that_goes_on_is_given_back_or_let_go() {
        for (int i = 0; i < 10; i++) {
            Job job = new Job(thread -> { });
            boolean resumed = pool.resume(job);
            assertEquals(resumed ? 1 : 0, job.released.get());
        }
        assertNothingLeft();
    }

    @Test
    void a_failed_start_is_not_followed_by_another_one_at_once() {
        for (int i = 0; i < 100; i++) {
            pool.submit(new Job(thread -> { }));
        }
        assertTrue(pool.failedStartCount() < 50, () -> pool.failedStartCount() + " starts tried");
    }

    /** Each may believe that the thread which another one is about to start will come for its work. */
    @Test
    void of_many_submissions_at_once_none_is_left_waiting() throws Exception {
        int callers = 8;
        int rounds = 300;
        Job[][] jobs = new Job[rounds][callers];
        Pool[] pools = new Pool[rounds];
        CyclicBarrier barrier = new CyclicBarrier(callers);
        List<Thread> threads = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            pools[round] = unstartable();
        }
        for (int i = 0; i < callers; i++) {
            int caller = i;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < rounds; round++) {
                    Job job = new Job(thread -> { });
                    await(barrier);
                    if (pools[round].submit(job) == Pool.Answer.TAKEN) {
                        jobs[round][caller] = job;
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
        for (int round = 0; round < rounds; round++) {
            for (Job job : jobs[round]) {
                if (job != null) {
                    assertEquals(0, job.over.getCount(), "a job was taken, and neither carried out nor let go");
                    assertEquals(Saturation.INPLACE, job.how);
                }
            }
            pool = pools[round];
            assertNothingLeft();
        }
    }

    private static Pool unstartable() {
        return new Pool(PoolConfig.of("unstartable", 1, 2).withKeepAliveNanos(1_000_000_000).withStackSize(TOO_LARGE));
    }

    private void assertNothingLeft() {
        assertEquals(0, pool.threadCount());
        assertEquals(0, pool.queueDepth());
        assertEquals(List.of(), pool.liveThreads());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
