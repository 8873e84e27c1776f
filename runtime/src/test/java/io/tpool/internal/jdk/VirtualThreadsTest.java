// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Jvm;
import io.tpool.testing.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {
    @Test
    void all_pieces_are_there_on_this_JDK() {
        assertNull(VirtualThreads.problem());
    }

    @Test
    void a_virtual_thread_is_movable_and_a_platform_thread_is_not() {
        assertTrue(VirtualThreads.isMovable(Thread.ofVirtual().unstarted(() -> { })));
        assertFalse(VirtualThreads.isMovable(Thread.currentThread()));
    }

    @Test
    void the_scheduler_is_the_one_that_the_thread_was_made_with_or_was_given() throws Exception {
        Executor scheduler = task -> { };
        Thread made = Virtual.on(scheduler).unstarted(() -> { });
        assertSame(scheduler, VirtualThreads.scheduler(made));
        Thread given = Thread.ofVirtual().unstarted(() -> { });
        VirtualThreads.scheduler(given, scheduler);
        assertSame(scheduler, VirtualThreads.scheduler(given));
    }

    @Test
    void the_task_is_what_the_scheduler_is_given() throws Exception {
        Runnable[] submitted = new Runnable[1];
        Thread thread = Virtual.on(task -> submitted[0] = task).unstarted(() -> { });
        Runnable own = VirtualThreads.task(thread);
        AtomicInteger runs = new AtomicInteger();
        VirtualThreads.task(thread, () -> {
            runs.incrementAndGet();
            own.run();
        });
        thread.start();
        submitted[0].run();
        assertEquals(1, runs.get());
        Await.end(thread);
    }

    @Test
    void a_thread_unmounts_and_goes_on() throws Exception {
        ExecutorService carrier = Executors.newSingleThreadExecutor();
        AtomicInteger submissions = new AtomicInteger();
        Executor counting = task -> {
            submissions.incrementAndGet();
            carrier.execute(task);
        };
        try {
            assertEquals(2, Virtual.callOn(counting, () -> {
                int before = submissions.get();
                assertTrue(VirtualThreads.unmounts(Thread.currentThread()));
                VirtualThreads.yield(Thread.currentThread());
                return submissions.get() - before;
            }));
        } finally {
            carrier.shutdown();
        }
    }

    @Test
    void a_pinned_thread_does_not_unmount_and_is_none_the_worse_for_it() throws Exception {
        Virtual.call(() -> {
            Virtual.belowNativeFrame(() -> {
                assertFalse(VirtualThreads.unmounts(Thread.currentThread()));
                VirtualThreads.yield(Thread.currentThread());
                LockSupport.parkNanos(1_000);
            });
            assertTrue(VirtualThreads.unmounts(Thread.currentThread()));
            return null;
        });
    }

    @Test
    void a_permit_outlasts_a_yield() throws Exception {
        Virtual.call(() -> {
            LockSupport.unpark(Thread.currentThread());
            VirtualThreads.yield(Thread.currentThread());
            LockSupport.park();   // for ever without it
            return null;
        });
    }

    @Test
    void an_interrupted_thread_yields_and_is_still_interrupted() throws Exception {
        assertTrue(Virtual.call(() -> {
            Thread.currentThread().interrupt();
            assertTrue(VirtualThreads.unmounts(Thread.currentThread()));
            VirtualThreads.yield(Thread.currentThread());
            return Thread.interrupted();
        }));
    }

    @Test
    void the_stack_that_a_thread_has_put_away_is_as_large_as_it_is_deep() throws Exception {
        long shallow = frozen(10);
        long deep = frozen(1_000);
        assertTrue(shallow > 100 && shallow < 20_000, shallow + " bytes");
        assertTrue(deep > shallow + 1_000 * 10, deep + " bytes");
    }

    /** As many threads block their carrier as there are carriers. */
    @Test
    void a_carrier_is_lent_for_each_thread_that_blocks_its_own() throws Exception {
        int carriers =
                Integer.getInteger("jdk.virtualThreadScheduler.parallelism",
                Runtime.getRuntime().availableProcessors());
        CountDownLatch blocked = new CountDownLatch(carriers);
        CountDownLatch go = new CountDownLatch(1);
        List<Virtual.Running<Long>> threads = new ArrayList<>();
        try {
            for (int i = 0; i < carriers; i++) {
                threads.add(Virtual.start(() -> block(blocked, go)));
            }
            Await.open("all carriers are blocked", blocked);
            assertEquals("done", Virtual.call(() -> "done"));
        } finally {
            go.countDown();
        }
        for (Virtual.Running<Long> thread : threads) {
            assertNotEquals(0, thread.end());
        }
    }

    private static long block(CountDownLatch blocked, CountDownLatch go) {
        long attempted = VirtualThreads.beginBlocking();
        Virtual.belowNativeFrame(() -> {
            blocked.countDown();
            try {
                Await.open("the test goes on", go);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        VirtualThreads.endBlocking(attempted);
        return attempted;
    }

    /** While one is lent to it, a carrier gets no other one. */
    @Test
    void the_carrier_that_was_lent_is_given_back() throws Exception {
        Virtual.call(() -> {
            for (int i = 0; i < 3; i++) {
                long attempted = VirtualThreads.beginBlocking();
                assertNotEquals(0, attempted);
                assertEquals(0, VirtualThreads.beginBlocking());
                VirtualThreads.endBlocking(attempted);
            }
            return null;
        });
    }

    @Test
    void a_carrier_that_was_lent_nothing_because_there_was_none_may_ask_again() throws Exception {
        Jvm.Result result =
                Jvm.run(Jvm.opened("-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1"), NoCarrierToLend.class);
        assertEquals("asked=3", result.output().strip());
    }

    @Test
    void a_platform_thread_is_lent_nothing() {
        assertEquals(0, VirtualThreads.beginBlocking());
        VirtualThreads.endBlocking(0);
    }

    @Test
    void a_thread_forgets_its_thread_locals() throws Exception {
        ThreadLocal<String> local = new ThreadLocal<>();
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        Throwable[] thrown = new Throwable[1];
        Thread thread = Thread.ofPlatform().uncaughtExceptionHandler((t, e) -> thrown[0] = e).start(() -> {
            local.set("set");
            inheritable.set("set");
            VirtualThreads.forgetThreadLocals(Thread.currentThread());
            assertNull(local.get());
            assertNull(inheritable.get());
            local.set("set again");
            assertNotNull(local.get());
            local.remove();
        });
        Await.end(thread);
        assertNull(thrown[0]);
    }

    private static long frozen(int levels) throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(() -> parkAt(levels));
        Await.parked(thread);
        long bytes = VirtualThreads.frozenBytes(thread, Long.MAX_VALUE);
        assertTrue(VirtualThreads.frozenBytes(thread, 1) <= bytes);
        LockSupport.unpark(thread);
        Await.end(thread);
        return bytes;
    }

    private static int parkAt(int levels) {
        if (levels == 0) {
            LockSupport.park();
            return 0;
        }
        return parkAt(levels - 1) + 1;
    }
}
