// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import io.tpool.internal.pool.Thrown;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual threads whose scheduler is another one than the JDK's default. */
class ThreadMoveHomeTest {
    private final Listed listed = Listed.inPool(1);

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void a_thread_goes_home_to_the_executor_that_it_came_from() throws Exception {
        ExecutorService home = Executors.newSingleThreadExecutor(task -> new Thread(task, "home"));
        try {
            assertEquals(List.of("home", "tpool-" + listed.pool.name() + "-1", "home"),
                    Virtual.callOn(home, this::itinerary));
            assertSame(home, Virtual.callOn(home, () -> {
                listed.call(() -> null);
                return VirtualThreads.scheduler(Thread.currentThread());
            }));
        } finally {
            home.shutdown();
        }
    }

    @Test
    void a_thread_goes_home_to_a_pool_of_the_applications_own() throws Exception {
        ForkJoinPool home = new ForkJoinPool(1);
        try {
            List<String> carriers = Virtual.callOn(home, this::itinerary);
            assertEquals(carriers.get(0), carriers.get(2));
            assertTrue(carriers.get(1).startsWith("tpool-"), carriers.toString());
            for (int i = 0; i < 1_000; i++) {
                assertTrue(Virtual.callOn(home, () -> listed.call(listed::isCarrying)));
            }
        } finally {
            home.shutdown();
        }
    }

    @Test
    void a_scheduler_that_runs_threads_where_they_are_submitted_runs_the_rest_on_the_pool_thread() throws Exception {
        List<String> carriers = Virtual.callOn(Runnable::run, this::itinerary);
        assertTrue(carriers.get(1).startsWith("tpool-"), carriers.toString());
        assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
        assertEquals(2, listed.figures().offloaded());
    }

    @Test
    void a_pool_thread_survives_that_a_home_scheduler_refuses_a_thread() throws Exception {
        assertSurvives(new RejectedExecutionException("shut down"));
    }

    @Test
    void a_pool_thread_survives_that_a_home_scheduler_throws_an_error() throws Exception {
        assertSurvives(new LinkageError("test"));
    }

    private void assertSurvives(Throwable thrown) throws Exception {
        AtomicBoolean refuses = new AtomicBoolean();
        ExecutorService carrier = Executors.newSingleThreadExecutor();
        Executor home = task -> {
            if (refuses.get()) {
                throw Thrown.<RuntimeException>asIs(thrown);
            }
            carrier.execute(task);
        };
        CountDownLatch inside = new CountDownLatch(1);
        try {
            Virtual.on(home).start(() -> {
                Object passage = io.tpool.internal.hook.Move.enter(listed.number);
                refuses.set(true);
                inside.countDown();
                io.tpool.internal.hook.Move.exit(passage, null);
            });
            Await.open("it is inside", inside);
            assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
            assertEquals(1, listed.pool.threadCount());
            assertEquals(1, listed.pool.largestThreadCount());
            assertEquals(1, listed.pool.thrownCount());
        } finally {
            carrier.shutdown();
        }
    }

    private List<String> itinerary() throws Exception {
        String before = Virtual.carrier();
        String inside = listed.call(Virtual::carrier);
        return List.of(before, inside, Virtual.carrier());
    }
}
