// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Offload;
import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A burst of calls on a pool of two threads: a call is refused when it comes, not when somebody notices later that it
 * waits.
 */
class RefusalTest {
    private static final int SIZE = 2;
    private static final int BURST = 200;

    @ParameterizedTest
    @EnumSource(value = Saturation.class, names = {"INPLACE", "REJECT"})
    void no_more_is_taken_than_there_are_threads_and_nothing_taken_is_let_go(Saturation policy) throws Exception {
        for (int round = 0; round < 50; round++) {
            Pool pool = pool(policy);
            CountDownLatch release = new CountDownLatch(1);
            List<Job> taken = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                Job job = new Job(thread -> Await.open("the test is through", release));
                if (pool.submit(job) == Pool.Answer.TAKEN) {
                    taken.add(job);
                }
            }
            assertEquals(SIZE, taken.size(), "taken");
            for (Job job : taken) {
                Await.open("what was taken runs, though nothing ends", job.begun);
            }
            release.countDown();
            for (Job job : taken) {
                Await.open("it ends", job.over);
                assertEquals(0, job.released.get(), "let go");
            }
            pool.retire();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Saturation.class, names = {"INPLACE", "REJECT"})
    void of_a_burst_of_callers_all_but_the_first_are_refused_while_those_run(Saturation policy) throws Exception {
        for (int round = 0; round < 20; round++) {
            Pool pool = pool(policy);
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger refused = new AtomicInteger();
            AtomicInteger others = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                callers.add(Thread.ofVirtual().start(() -> call(pool, release, refused, others)));
            }
            Await.until("all but " + SIZE + " are refused", () -> refused.get() == BURST - SIZE);
            release.countDown();
            for (Thread caller : callers) {
                Await.end(caller);
            }
            assertEquals(0, others.get(), "ended otherwise");
            assertTrue(pool.largestQueueDepth() <= SIZE, "waited at once: " + pool.largestQueueDepth());
            pool.retire();
        }
    }

    private static void call(Pool pool, CountDownLatch release, AtomicInteger refused, AtomicInteger others) {
        try {
            Offload.call(pool, () -> {
                if (!Thread.currentThread().toString().contains("@tpool-")) {
                    refused.incrementAndGet();
                    return null;
                }
                // a thread that unmounts gives its place to others
                Virtual.belowNativeFrame(() -> awaitRelease(release));
                return null;
            });
        } catch (RejectedExecutionException e) {
            refused.incrementAndGet();
        } catch (Exception e) {
            others.incrementAndGet();
        }
    }

    private static void awaitRelease(CountDownLatch release) {
        try {
            Await.open("the others are refused", release);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Pool pool(Saturation policy) {
        return new Pool(PoolConfig.of("refusal", SIZE, SIZE).withKeepAliveNanos(60_000_000_000L)
            .withSaturation(policy));
    }
}
