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
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** Callers that cannot leave their carrier: their calls run where they are. */
class ThreadMovePinnedTest {
    private static final List<Runnable> INITIALISER = new ArrayList<>();
    private final Listed listed = Listed.inPool(1);

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void a_call_above_a_native_frame_runs_on_its_carrier_and_is_counted_as_pinned() throws Exception {
        Virtual.call(() -> {
            String carrier = Virtual.carrier();
            Virtual.belowNativeFrame(() -> assertEquals(carrier, call(Virtual::carrier)));
            return null;
        });
        assertPinned(1);
    }

    @Test
    void a_call_in_a_class_initialiser_runs_on_its_carrier_and_is_counted_as_pinned() throws Exception {
        INITIALISER.add(() -> assertFalse(call(listed::isCarrying)));
        Virtual.call(() -> new Initialised().value);
        assertPinned(1);
    }

    @Test
    @EnabledForJreRange(maxVersion = 23)
    void before_JDK_24_a_call_by_a_thread_that_holds_a_monitor_runs_on_its_carrier_and_is_counted_as_pinned()
            throws Exception {
        Object monitor = new Object();
        Virtual.call(() -> {
            synchronized (monitor) {
                assertFalse(listed.call(listed::isCarrying));
            }
            return null;
        });
        assertPinned(1);
    }

    @Test
    void a_pinned_call_does_not_wait_for_a_pool_thread() throws Exception {
        Occupied.during(listed.pool, 1, () -> {
            for (int i = 0; i < 3; i++) {
                Virtual.call(() -> {
                    Virtual.belowNativeFrame(() -> assertFalse(call(listed::isCarrying)));
                    return null;
                });
            }
        });
        assertEquals(0, listed.pool.queueDepth());
        listed.awaitIdle();
        assertPinned(3);
    }

    @Test
    void a_call_that_is_not_pinned_moves_although_another_one_of_the_same_method_was() throws Exception {
        Virtual.call(() -> {
            for (int i = 0; i < 10; i++) {
                Virtual.belowNativeFrame(() -> assertFalse(call(listed::isCarrying)));
                assertTrue(listed.call(listed::isCarrying));
            }
            return null;
        });
        assertEquals(10, listed.figures().pinned());
        assertEquals(10, listed.figures().offloaded());
    }

    @Test
    void an_exception_of_a_pinned_call_is_counted_and_thrown() throws Exception {
        IllegalStateException thrown = new IllegalStateException("test");
        Virtual.call(() -> {
            Virtual.belowNativeFrame(() ->
                    assertEquals(thrown, assertThrows(IllegalStateException.class, () -> listed.call(() -> {
                throw thrown;
            }))));
            return null;
        });
        assertPinned(1);
        assertEquals(1, listed.figures().failed());
    }

    @Test
    void an_interrupted_thread_that_is_pinned_is_still_interrupted() throws Exception {
        Virtual.call(() -> {
            Thread.currentThread().interrupt();
            Virtual.belowNativeFrame(() -> assertTrue(call(() -> Thread.currentThread().isInterrupted())));
            return assertInterrupted();
        });
        assertPinned(1);
    }

    /** As many pinned calls block as there are carriers: without compensation nobody else would get on. */
    @Test
    void the_scheduler_is_lent_a_carrier_for_each_pinned_call() throws Exception {
        int carriers =
                Integer.getInteger("jdk.virtualThreadScheduler.parallelism",
                Runtime.getRuntime().availableProcessors());
        CountDownLatch blocked = new CountDownLatch(carriers);
        CountDownLatch go = new CountDownLatch(1);
        List<Virtual.Running<?>> threads = new ArrayList<>();
        for (int i = 0; i < carriers; i++) {
            threads.add(Virtual.start(() -> {
                Virtual.belowNativeFrame(() -> call(() -> {
                    blocked.countDown();
                    go.await();
                    return null;
                }));
                return null;
            }));
        }
        try {
            Await.open("all are blocked", blocked);
            assertEquals("done", Virtual.call(() -> "done"));
        } finally {
            go.countDown();
        }
        for (Virtual.Running<?> thread : threads) {
            thread.end();
        }
        assertPinned(carriers);
    }

    private static Boolean assertInterrupted() {
        assertTrue(Thread.interrupted());
        return true;
    }

    private void assertPinned(int calls) {
        assertEquals(calls, listed.figures().pinned());
        assertEquals(0, listed.figures().offloaded());
        assertEquals(0, listed.figures().inPlace());
        assertEquals(0, listed.pool.activeCount());
    }

    private <T> T call(Callable<T> body) {
        try {
            return listed.call(body);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static final class Initialised {
        static {
            INITIALISER.forEach(Runnable::run);
        }

        final String value = "initialised";
    }
}
