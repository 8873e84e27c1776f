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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interrupts of a caller whose call has been handed off reach the call, and no other one. */
class HandOffInterruptTest {
    private final Handed handed = Handed.inPool(1);

    @AfterEach
    void end() {
        handed.close();
    }

    @Test
    void the_call_of_an_interrupted_caller_is_interrupted_and_so_is_the_caller_afterwards() throws Exception {
        assertTrue(Virtual.call(() -> {
            Thread.currentThread().interrupt();
            assertTrue((Boolean) call(() -> Thread.currentThread().isInterrupted()));
            return Thread.interrupted();
        }));
    }

    @Test
    void an_interrupt_that_the_call_takes_notice_of_does_not_come_back() throws Exception {
        assertFalse(Virtual.call(() -> {
            Thread.currentThread().interrupt();
            assertTrue((Boolean) call(Thread::interrupted));
            return Thread.interrupted();
        }));
    }

    @Test
    void an_interrupt_wakes_a_call_that_sleeps() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Virtual.Running<Boolean> caller = Virtual.start(() -> {
            call(() -> {
                inside.countDown();
                return assertThrows(InterruptedException.class, () -> Thread.sleep(60_000));
            });
            return Thread.interrupted();
        });
        Await.open("it is inside", inside);
        caller.thread().interrupt();
        assertFalse(caller.end());
    }

    @Test
    void an_interrupt_that_the_call_leaves_behind_is_the_callers() throws Exception {
        assertTrue(Virtual.call(() -> {
            call(() -> {
                Thread.currentThread().interrupt();
                return null;
            });
            return Thread.interrupted();
        }));
        assertFalse(Virtual.call(() -> (Boolean) call(() -> Thread.currentThread().isInterrupted())));
    }

    @Test
    void an_interrupt_while_the_call_waits_for_a_thread_reaches_it() throws Exception {
        List<Virtual.Running<Object>> caller = new ArrayList<>();
        Occupied.during(handed.pool, 1, () -> {
            caller.add(Virtual.start(() -> call(() -> Thread.currentThread().isInterrupted())));
            Await.until("it waits", () -> handed.pool.queueDepth() == 1);
            caller.get(0).thread().interrupt();
            Await.parked(caller.get(0).thread());
        });
        assertEquals(true, caller.get(0).end());
    }

    @Test
    void an_interrupted_caller_that_is_pinned_is_still_interrupted() throws Exception {
        assertTrue(Virtual.call(() -> {
            Thread.currentThread().interrupt();
            Virtual.belowNativeFrame(() -> assertTrue((Boolean) call(() -> Thread.currentThread().isInterrupted())));
            return Thread.interrupted();
        }));
        assertEquals(1, handed.figures().pinned());
    }

    private Object call(Callable<?> body) {
        try {
            return handed.call(body);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
