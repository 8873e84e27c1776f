// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolTest {
    private static final long FOREVER = 3_600_000_000_000L;
    private static final long A_MOMENT = 20_000_000;
    private Pool pool = pool(2, 2, FOREVER);

    @AfterEach
    void end() {
        pool.killAll();
    }

    @Test
    void starts_no_thread_before_there_is_work_and_then_one_for_each_piece_up_to_its_size() throws Exception {
        assertEquals(0, pool.threadCount());
        Occupied.during(pool, 1, () -> {
            assertEquals(1, pool.threadCount());
            Occupied.during(pool, 1, () -> {
                Job third = new Job(thread -> { });
                assertEquals(Pool.Answer.TAKEN, pool.submit(third));
                assertEquals(2, pool.threadCount());
                assertEquals(1, pool.queueDepth());
                assertEquals(2, pool.activeCount());
                assertEquals(0, third.carried.get());
            });
        });
        assertEquals(2, pool.largestThreadCount());
        assertEquals(1, pool.largestQueueDepth());
    }

    @Test
    void uses_the_thread_first_that_was_used_last() throws Exception {
        Occupied.threads(pool, 2).free();
        awaitIdle(2);
        PoolThread used = run();
        for (int i = 0; i < 50; i++) {
            awaitIdle(2);
            assertSame(used, run());
        }
    }

    @Test
    void names_its_threads_after_itself_and_lets_the_jvm_end_without_them() throws Exception {
        PoolThread thread = run();
        assertEquals("tpool-test-1", thread.getName());
        assertTrue(thread.isDaemon());
        assertFalse(thread.isVirtual());
        assertEquals(1, thread.number());
    }

    @Test
    void gives_its_threads_nothing_of_the_thread_that_called_first() throws Exception {
        InheritableThreadLocal<Object> inherited = new InheritableThreadLocal<>();
        ThreadGroup group = new ThreadGroup("of the caller");
        AtomicReference<Object> seen = new AtomicReference<>("nothing");
        Thread caller = new Thread(group, () -> {
            Thread.currentThread().setContextClassLoader(new ClassLoader(null) { });
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            inherited.set("of the caller");
            pool.submit(new Job(thread -> seen.set(inherited.get())));
        });
        caller.start();
        Await.end(caller);
        Await.until("the job has run", () -> !"nothing".equals(seen.get()));
        PoolThread thread = pool.liveThreads().get(0);
        assertNull(seen.get());
        assertSame(ClassLoader.getSystemClassLoader(), thread.getContextClassLoader());
        assertEquals(Thread.NORM_PRIORITY, thread.getPriority());
        assertNull(thread.getThreadGroup().getParent());
    }

    @Test
    void ends_a_thread_that_has_been_idle_for_the_keep_alive_and_starts_another_one_for_the_next_work()
            throws Exception {
        pool = pool(2, 8, A_MOMENT);
        PoolThread first = run();
        Await.end(first);
        assertEquals(0, pool.threadCount());
        Await.until("it is forgotten", () -> pool.liveThreads().isEmpty());
        assertNotSame(first, run());
    }

    @Test
    void keeps_a_thread_whatever_its_work_throws() throws Exception {
        PoolThread first = run();
        List<Throwable> all =
                List.of(new Error("test"), new StackOverflowError(), new OutOfMemoryError("test"),
                new Exception("checked"), new LinkageError());
        for (Throwable thrown : all) {
            awaitIdle(1);
            Job job = new Job(thread -> {
                throw thrown;
            });
            pool.submit(job);
            Await.open("the job has run", job.over);
        }
        awaitIdle(1);
        assertSame(first, run());
        assertEquals(all.size(), pool.thrownCount());
    }

    @Test
    void carries_work_out_in_the_order_of_its_coming() throws Exception {
        pool = pool(1, 1, FOREVER);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Job> jobs = new ArrayList<>();
        Occupied.during(pool, 1, () -> {
            for (int i = 0; i < 20; i++) {
                int number = i;
                jobs.add(new Job(thread -> order.add(number)));
                pool.submit(jobs.get(i));
            }
        });
        for (Job job : jobs) {
            Await.open("the job has run", job.over);
        }
        assertEquals(java.util.stream.IntStream.range(0, 20).boxed().toList(), order);
    }

    @Test
    void goes_on_with_what_has_begun_before_it_begins_anything_else() throws Exception {
        pool = pool(1, 1, FOREVER);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Job begins = new Job(thread -> order.add("begins"));
        Job goesOn = new Job(thread -> order.add("goes on"));
        Occupied.during(pool, 1, () -> {
            pool.submit(begins);
            assertTrue(pool.resume(goesOn));
        });
        Await.open("both have run", begins.over);
        assertEquals(List.of("goes on", "begins"), order);
    }

    @Test
    void takes_back_a_thread_that_its_own_work_has_interrupted() throws Exception {
        PoolThread first = run();
        awaitIdle(1);
        for (int i = 0; i < 2; i++) {
            Job interrupting = new Job(Thread::interrupt);
            pool.submit(interrupting);
            Await.open("it has interrupted its thread", interrupting.over);
            Await.until("nothing is left of it", () -> !first.isInterrupted());
            awaitIdle(1);
            first.interrupt();   // while it is idle
            Await.until("nothing is left of that", () -> !first.isInterrupted());
            awaitIdle(1);
            assertSame(first, run());
            awaitIdle(1);
        }
        assertEquals(1, pool.largestThreadCount());
    }

    @Test
    void finishes_what_runs_and_what_waits_when_all_threads_are_to_end_and_starts_new_ones_afterwards()
            throws Exception {
        Job waiting = new Job(thread -> { });
        List<PoolThread> old = new ArrayList<>();
        Occupied.during(pool, 2, () -> {
            pool.submit(waiting);
            old.addAll(pool.liveThreads());
            pool.killAll();
            assertEquals(2, pool.threadCount());
        });
        Await.open("the waiting job has run", waiting.over);
        for (PoolThread thread : old) {
            Await.end(thread);
        }
        assertEquals(0, pool.threadCount());
        assertFalse(old.contains(run()));
    }

    @Test
    void may_be_told_by_one_of_its_own_threads_that_all_are_to_end() throws Exception {
        Job job = new Job(thread -> pool.killAll());
        pool.submit(job);
        Await.open("the job has run", job.over);
        Await.until("the thread has ended", () -> pool.threadCount() == 0);
    }

    @Test
    void ends_idle_threads_at_once_when_all_are_to_end() throws Exception {
        Occupied.threads(pool, 2).free();
        awaitIdle(2);
        pool.killAll();
        Await.until("both have ended", () -> pool.liveThreads().isEmpty());
    }

    @Test
    void tells_what_its_threads_carry_out() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Job job = new Job(thread -> go.await());
        pool.submit(job);
        Await.open("the job runs", job.begun);
        PoolThread thread = pool.liveThreads().get(0);
        assertSame(job, thread.current());
        go.countDown();
        Await.until("it has ended", () -> thread.current() == null);
        assertTrue(thread.osThreadId() > 0 || !System.getProperty("os.name").equals("Linux"));
    }

    @Test
    void may_grow_to_512_threads_unless_told_otherwise() {
        assertEquals(512, PoolConfig.of("test", 1).max());
        assertEquals(600, PoolConfig.of("test", 600).max());
    }

    @Test
    void refuses_a_shape_that_cannot_be() {
        assertThrows(IllegalArgumentException.class, () -> pool(0, 1, FOREVER));
        assertThrows(IllegalArgumentException.class, () -> pool(2, 1, FOREVER));
        assertThrows(IllegalArgumentException.class, () -> pool(1, 1_000_000_000, FOREVER));
        assertThrows(IllegalArgumentException.class, () -> pool(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> PoolConfig.of("test", 1, 1)
            .withKeepAliveNanos(1).withStackSize(-1));
        assertThrows(NullPointerException.class, () -> PoolConfig.of(null, 1, 1).withKeepAliveNanos(1));
    }

    /** Runs a job and returns the thread that carried it out. */
    private PoolThread run() throws InterruptedException {
        AtomicReference<PoolThread> by = new AtomicReference<>();
        Job job = new Job(by::set);
        assertEquals(Pool.Answer.TAKEN, pool.submit(job));
        Await.open("the job has run", job.over);
        return by.get();
    }

    private void awaitIdle(int threads) throws InterruptedException {
        Await.until(threads + " threads wait for work", () -> pool.liveThreads().size() == threads
                && pool.liveThreads().stream()
                .allMatch(t -> t.current() == null && t.getState() == Thread.State.TIMED_WAITING));
    }

    private static Pool pool(int size, int max, long keepAliveNanos) {
        return new Pool(PoolConfig.of("test", size, max).withKeepAliveNanos(keepAliveNanos));
    }
}
