// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** A call that waits politely costs no pool thread, and comes back to one. The pool has one thread. */
class ThreadMoveParkingTest {
    private final Listed listed = Listed.inPool(1);

    /** What a call waits for. */
    private interface Wait {
        void end() throws Exception;
    }

    /** Waits inside the call. */
    private interface Waiting {
        void await() throws Exception;
    }

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void for_a_latch() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        assertFreesItsThread(latch::await, latch::countDown);
    }

    @Test
    void for_a_lock() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        assertFreesItsThread(() -> {
            lock.lock();
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }, lock::unlock);
    }

    @Test
    void for_a_queue() throws Exception {
        BlockingQueue<String> queue = new SynchronousQueue<>();
        assertFreesItsThread(() -> assertEquals("here", queue.take()), () -> queue.put("here"));
    }

    @Test
    void for_an_unpark_with_a_time_limit() throws Exception {
        Thread[] self = new Thread[1];
        CountDownLatch go = new CountDownLatch(1);
        assertFreesItsThread(() -> {
            self[0] = Thread.currentThread();
            while (go.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(60));
            }
        }, () -> {
            go.countDown();
            LockSupport.unpark(self[0]);
        });
    }

    @Test
    void for_another_virtual_thread() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Thread other = Thread.ofVirtual().start(() -> LockSupport.park(go));
        assertFreesItsThread(other::join, () -> LockSupport.unpark(other));
    }

    @Test
    @EnabledForJreRange(minVersion = 24)
    void from_JDK_24_for_a_monitor() throws Exception {
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().daemon().start(() -> {
            synchronized (monitor) {
                held.countDown();
                awaitQuietly(release);
            }
        });
        Await.open("the monitor is held", held);
        assertFreesItsThread(() -> {
            synchronized (monitor) {
                assertTrue(listed.isCarrying());
            }
        }, release::countDown);
        Await.end(holder);
    }

    @Test
    @EnabledForJreRange(minVersion = 24)
    void from_JDK_24_for_a_notification() throws Exception {
        Object monitor = new Object();
        boolean[] notified = new boolean[1];
        assertFreesItsThread(() -> {
            synchronized (monitor) {
                while (!notified[0]) {
                    monitor.wait();
                }
            }
        }, () -> {
            synchronized (monitor) {
                notified[0] = true;
                monitor.notifyAll();
            }
        });
    }

    /** Again and again, so that a sleep which keeps the only thread lets no other call in. */
    @Test
    void while_it_sleeps() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        assertFreesItsThread(() -> {
            while (go.getCount() > 0) {
                Thread.sleep(5);
                assertTrue(listed.isCarrying());
            }
        }, go::countDown);
    }

    @Test
    void a_yield_inside_comes_back_to_the_pool() throws Exception {
        Virtual.call(() -> listed.call(() -> {
            for (int i = 0; i < 100; i++) {
                Thread.yield();
                assertTrue(listed.isCarrying());
            }
            return null;
        }));
    }

    /** Not so on a carrier: there a pinned thread that parks keeps it. */
    @Test
    void a_thread_that_parks_above_a_native_frame_keeps_its_pool_thread_until_it_goes_on() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Virtual.Running<Boolean> caller = Virtual.start(() -> listed.call(() -> {
            Virtual.belowNativeFrame(() -> {
                inside.countDown();
                awaitQuietly(go);
            });
            return listed.isCarrying();
        }));
        Await.open("it is inside", inside);
        assertEquals(1, listed.pool.activeCount());
        go.countDown();
        assertTrue(caller.end());
        assertEquals(1, listed.figures().offloaded());
        assertEquals(0, listed.figures().failed());
    }

    private void assertFreesItsThread(Waiting inside, Wait event) throws Exception {
        Virtual.Running<Boolean> caller = Virtual.start(() -> listed.call(() -> {
            inside.await();
            return listed.isCarrying();
        }));
        Await.until("it waits inside", () -> listed.pool.threadCount() == 1 && listed.pool.activeCount() == 0
                && caller.thread().getState() != Thread.State.RUNNABLE);
        for (int i = 0; i < 5; i++) {
            assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
        }
        event.end();
        assertTrue(caller.end(), "it came back to another thread than the pool's");
        assertEquals(6, listed.figures().offloaded());
        assertEquals(1, listed.pool.largestThreadCount());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            Await.open("the test goes on", latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
