// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** What a thread owns it owns inside the call too. */
class ThreadMoveLocksTest {
    private final Listed listed = Listed.inPool(1);

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void a_lock_of_the_callers_can_be_taken_again_inside() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
        Virtual.call(() -> {
            lock.lock();
            readWrite.writeLock().lock();
            listed.call(() -> {
                assertTrue(listed.isCarrying());
                assertTrue(lock.isHeldByCurrentThread());
                lock.lock();
                assertEquals(2, lock.getHoldCount());
                lock.unlock();
                readWrite.readLock().lock();
                readWrite.readLock().unlock();
                return null;
            });
            assertEquals(1, lock.getHoldCount());
            readWrite.writeLock().unlock();
            lock.unlock();
            return null;
        });
    }

    @Test
    void a_lock_taken_inside_is_the_callers_afterwards() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Virtual.call(() -> {
            listed.call(() -> {
                lock.lock();
                return null;
            });
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
            return null;
        });
        assertFalse(lock.isLocked());
    }

    @Test
    @EnabledForJreRange(minVersion = 24)
    void from_JDK_24_a_monitor_of_the_callers_is_held_inside_and_can_be_taken_again() throws Exception {
        Object monitor = new Object();
        Virtual.call(() -> {
            synchronized (monitor) {
                listed.call(() -> {
                    assertTrue(listed.isCarrying());
                    assertTrue(Thread.holdsLock(monitor));
                    synchronized (monitor) {
                        monitor.notifyAll();
                    }
                    return null;
                });
                assertTrue(Thread.holdsLock(monitor));
            }
            return null;
        });
        assertEquals(1, listed.figures().offloaded());
    }

    @Test
    @EnabledForJreRange(minVersion = 24)
    void from_JDK_24_others_wait_for_a_monitor_that_the_caller_holds_until_it_is_through() throws Exception {
        Object monitor = new Object();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Virtual.Running<?> caller = Virtual.start(() -> {
            synchronized (monitor) {
                return listed.call(() -> {
                    inside.countDown();
                    Await.open("the test goes on", go);
                    return null;
                });
            }
        });
        Await.open("it is inside", inside);
        Virtual.Running<Long> other = Virtual.start(() -> {
            synchronized (monitor) {
                return go.getCount();
            }
        });
        Await.until("the other one waits", () -> other.thread().getState() == Thread.State.BLOCKED);
        go.countDown();
        assertEquals(0, other.end());
        caller.end();
    }

    /** By reflection: they are final since 25, and the tests are compiled for 21. */
    @Test
    @EnabledForJreRange(minVersion = 25)
    void from_JDK_25_scoped_values_are_bound_inside() throws Exception {
        Class<?> type = Class.forName("java.lang.ScopedValue");
        Object scoped = type.getMethod("newInstance").invoke(null);
        Method get = type.getMethod("get");
        Object value = new Object();
        Object bound = type.getMethod("where", type, Object.class).invoke(null, scoped, value);
        Virtual.call(() -> Class.forName("java.lang.ScopedValue$Carrier").getMethod("run", Runnable.class)
                .invoke(bound, (Runnable) () -> {
            try {
                assertSame(value, listed.call(() -> get.invoke(scoped)));
                assertSame(value, get.invoke(scoped));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }));
        assertEquals(1, listed.figures().offloaded());
    }
}
