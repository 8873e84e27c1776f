// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import io.tpool.testing.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interrupts and unparks that come from others, before a passage, half-way through it and during the call. */
class ThreadMoveInterruptTest {
    private final Listed listed = Listed.inPool(1);

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void an_interrupted_thread_moves_and_is_interrupted_inside_and_afterwards() throws Exception {
        Virtual.call(() -> {
            Thread.currentThread().interrupt();
            listed.call(() -> {
                assertTrue(listed.isCarrying());
                assertTrue(Thread.currentThread().isInterrupted());
                return null;
            });
            assertFalse(listed.isCarrying());
            assertTrue(Thread.interrupted());
            return null;
        });
    }

    @Test
    void an_interrupt_that_the_call_takes_notice_of_does_not_come_back() throws Exception {
        Virtual.call(() -> {
            Thread.currentThread().interrupt();
            assertTrue(listed.call(Thread::interrupted));
            assertFalse(Thread.interrupted());
            return null;
        });
    }

    @Test
    void a_thread_that_is_interrupted_while_it_waits_for_a_pool_thread_goes_on_waiting_and_is_interrupted_inside()
            throws Exception {
        List<Virtual.Running<Boolean>> caller = new ArrayList<>();
        Occupied.during(listed.pool, 1, () -> {
            caller.add(start(() -> listed.isCarrying() && Thread.currentThread().isInterrupted()));
            Await.until("it waits", () -> listed.pool.queueDepth() == 1);
            for (int i = 0; i < 100; i++) {
                caller.get(0).thread().interrupt();
                LockSupport.unpark(caller.get(0).thread());
            }
            assertEquals("done", Virtual.call(() -> "done"));
            assertEquals(1, listed.pool.queueDepth());
            assertFalse(caller.get(0).result().isDone());
        });
        assertTrue(caller.get(0).end());
        assertEquals(1, listed.figures().offloaded());
    }

    @Test
    void a_thread_that_is_unparked_by_others_while_it_waits_for_a_pool_thread_goes_on_waiting() throws Exception {
        List<Virtual.Running<Boolean>> caller = new ArrayList<>();
        Occupied.during(listed.pool, 1, () -> {
            caller.add(start(listed::isCarrying));
            Await.until("it waits", () -> listed.pool.queueDepth() == 1);
            LockSupport.unpark(caller.get(0).thread());
            assertEquals("done", Virtual.call(() -> "done"));
            assertFalse(caller.get(0).result().isDone());
        });
        assertTrue(caller.get(0).end());
    }

    @Test
    void a_permit_made_available_half_way_is_there_afterwards() throws Exception {
        List<Virtual.Running<?>> caller = new ArrayList<>();
        Occupied.during(listed.pool, 1, () -> {
            caller.add(start(() -> {
                LockSupport.park();   // for ever without it
                return null;
            }));
            Await.until("it waits", () -> listed.pool.queueDepth() == 1);
            LockSupport.unpark(caller.get(0).thread());
        });
        caller.get(0).end();
    }

    @Test
    void a_permit_made_available_before_is_there_afterwards() throws Exception {
        Virtual.call(() -> {
            LockSupport.unpark(Thread.currentThread());
            listed.call(() -> null);
            LockSupport.park();   // for ever without it
            return null;
        });
    }

    @Test
    void a_permit_made_available_during_the_call_is_there_afterwards() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch unparked = new CountDownLatch(1);
        Virtual.Running<?> caller = Virtual.start(() -> {
            listed.call(() -> {
                inside.countDown();
                while (unparked.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return null;
            });
            LockSupport.park();   // for ever without it
            return null;
        });
        Await.open("it is inside", inside);
        LockSupport.unpark(caller.thread());
        unparked.countDown();
        caller.end();
    }

    @Test
    void an_interrupt_wakes_a_call_that_sleeps_and_the_thread_comes_back_to_the_pool_for_it() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Virtual.Running<Boolean> caller = start(() -> {
            inside.countDown();
            assertThrows(InterruptedException.class, () -> Thread.sleep(60_000));
            return listed.isCarrying();
        });
        Await.open("it is inside", inside);
        Await.until("it sleeps", () -> caller.thread().getState() == Thread.State.TIMED_WAITING);
        caller.thread().interrupt();
        assertTrue(caller.end());
    }

    @Test
    void a_call_that_runs_sees_an_interrupt_at_once() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Virtual.Running<?> caller = start(() -> {
            inside.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return null;
        });
        Await.open("it is inside", inside);
        caller.thread().interrupt();
        caller.end();
    }

    @Test
    void the_next_call_on_the_pool_thread_is_not_interrupted() throws Exception {
        for (int i = 0; i < 100; i++) {
            Virtual.call(() -> {
                Thread.currentThread().interrupt();
                return listed.call(() -> null);
            });
            assertFalse(Virtual.call(() -> listed.call(() -> Thread.currentThread().isInterrupted())));
        }
        assertEquals(1, listed.pool.largestThreadCount());
    }

    private <T> Virtual.Running<T> start(Callable<T> body) {
        return Virtual.start(() -> listed.call(body));
    }
}
