// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.hook.Move;
import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import io.tpool.testing.Virtual;
import io.tpool.internal.pool.Thrown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadMoveTest {
    private final Listed listed = Listed.inPool(2);

    @AfterEach
    void end() {
        Offload.enable(true);
        listed.close();
    }

    @Test
    void a_virtual_thread_is_carried_by_a_pool_thread_for_the_duration_of_the_call_and_by_its_home_scheduler_after_it()
            throws Exception {
        List<String> carriers = Virtual.call(() -> {
            List<String> seen = new ArrayList<>();
            seen.add(Virtual.carrier());
            seen.add(listed.call(Virtual::carrier));
            seen.add(Virtual.carrier());
            return seen;
        });
        assertTrue(carriers.get(0).startsWith("ForkJoinPool"), carriers.toString());
        assertEquals("tpool-" + listed.pool.name() + "-1", carriers.get(1));
        assertTrue(carriers.get(2).startsWith("ForkJoinPool"), carriers.toString());
    }

    @Test
    void it_is_the_same_thread_as_before() throws Exception {
        ThreadLocal<Object> local = new ThreadLocal<>();
        InheritableThreadLocal<Object> inheritable = new InheritableThreadLocal<>();
        ClassLoader loader = new ClassLoader(null) { };
        Virtual.call(() -> {
            Thread self = Thread.currentThread();
            Object value = new Object();
            local.set(value);
            inheritable.set(value);
            self.setContextClassLoader(loader);
            self.setName("of the application");
            listed.call(() -> {
                assertTrue(listed.isCarrying());
                assertSame(self, Thread.currentThread());
                assertTrue(Thread.currentThread().isVirtual());
                assertEquals("of the application", Thread.currentThread().getName());
                assertSame(value, local.get());
                assertSame(value, inheritable.get());
                assertSame(loader, Thread.currentThread().getContextClassLoader());
                local.set("changed inside");
                return null;
            });
            assertEquals("changed inside", local.get());
            return null;
        });
    }

    @Test
    void its_stack_trace_is_that_of_the_application() throws Exception {
        List<String> frames = Virtual.call(() -> listed.call(() -> Arrays.stream(new Throwable().getStackTrace())
                .map(frame -> frame.getClassName() + "#" + frame.getMethodName()).toList()));
        assertEquals(1, frames.stream().filter("io.tpool.internal.offload.Listed#call"::equals).count());
        assertFalse(frames.stream()
                .anyMatch(frame -> frame.startsWith("io.tpool.internal.pool")
                || frame.matches("io\\.tpool\\.internal\\.offload\\.Thread(Move|Dispatch|Charge)#.*")),
                frames.toString());
    }

    @Test
    void a_call_made_while_on_a_pool_thread_runs_where_it_is() throws Exception {
        try (Listed other = Listed.inPool(1)) {
            Listed inner = listed.another();
            Virtual.call(() -> listed.call(() -> {
                String carrier = Virtual.carrier();
                assertEquals(carrier, inner.call(Virtual::carrier));
                assertEquals(carrier, other.call(Virtual::carrier));
                assertEquals(carrier, Virtual.carrier());
                return null;
            }));
            assertEquals(0, inner.figures().offloaded());
            assertEquals(0, other.figures().offloaded());
            assertEquals(1, listed.figures().offloaded());
        }
    }

    @Test
    void a_method_that_calls_itself_moves_once() throws Exception {
        assertEquals(200, Virtual.call(() -> recurse(200)));
        assertEquals(1, listed.figures().offloaded());
    }

    private int recurse(int depth) throws Exception {
        return listed.call(() -> {
            assertTrue(listed.isCarrying());
            return depth == 0 ? 0 : recurse(depth - 1) + 1;
        });
    }

    @Test
    void the_exception_is_the_object_that_the_method_threw_and_the_thread_is_home_when_it_is_caught() throws Exception {
        for (Throwable thrown
                : List.of(new IOException("test"), new IllegalStateException("test"), new Error("test"))) {
            Virtual.call(() -> {
                Throwable caught = assertThrows(Throwable.class, () -> listed.call(() -> {
                    throw Thrown.<Exception>asIs(thrown);
                }));
                assertSame(thrown, caught);
                assertFalse(listed.isCarrying());
                return null;
            });
        }
        assertEquals(3, listed.figures().failed());
        assertEquals(3, listed.figures().offloaded());
    }

    @Test
    void a_call_by_a_platform_thread_runs_where_it_is_and_is_not_counted() throws Exception {
        assertNull(Move.enter(listed.number));
        assertSame(Thread.currentThread(), listed.call(Thread::currentThread));
        assertEquals(0, listed.pool.threadCount());
        assertEquals(0, listed.figures().offloaded() + listed.figures().inPlace() + listed.figures().pinned());
    }

    @Test
    void nothing_moves_while_offloading_is_switched_off() throws Exception {
        Offload.enable(false);
        assertFalse(Virtual.call(() -> listed.call(listed::isCarrying)));
        Offload.enable(true);
        assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
        assertEquals(1, listed.figures().offloaded());
        assertEquals(0, listed.figures().inPlace());
    }

    @Test
    void a_method_that_has_been_given_back_runs_where_it_is() throws Exception {
        Listed gone = listed.another();
        ListedMethods.discard(gone.number);
        assertFalse(Virtual.call(() -> gone.call(listed::isCarrying)));
    }

    @Test
    void every_call_is_counted_once() throws Exception {
        int threads = 50;
        int calls = 40;
        List<Virtual.Running<Integer>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Virtual.start(() -> {
                int failed = 0;
                for (int call = 0; call < calls; call++) {
                    boolean fails = call % 4 == 0;
                    try {
                        listed.call(() -> {
                            if (fails) {
                                throw new IOException("test");
                            }
                            return null;
                        });
                    } catch (IOException expected) {
                        failed++;
                    }
                }
                return failed;
            }));
        }
        for (Virtual.Running<Integer> thread : all) {
            assertEquals(calls / 4, thread.end());
        }
        assertEquals(threads * calls, listed.figures().offloaded());
        assertEquals(threads * calls / 4, listed.figures().failed());
        assertEquals(threads * calls, listed.pool.completedCount());
        assertEquals(0, listed.figures().pinned() + listed.figures().inPlace());
    }

    @Test
    void a_call_that_waits_for_a_pool_thread_leaves_its_carrier_to_others() throws Exception {
        List<Virtual.Running<Boolean>> waiting = new ArrayList<>();
        Occupied.during(listed.pool, 2, () -> {
            for (int i = 0; i < 100; i++) {
                waiting.add(Virtual.start(() -> listed.call(listed::isCarrying)));
            }
            Await.until("all wait", () -> listed.pool.queueDepth() == 100);
            assertEquals("done", Virtual.call(() -> "done"));
        });
        for (Virtual.Running<Boolean> thread : waiting) {
            assertTrue(thread.end());
        }
        assertEquals(100, listed.figures().offloaded());
    }

    @Test
    void a_thread_has_the_scheduler_afterwards_that_it_had_before_and_one_passage_for_all_its_calls() throws Exception {
        assertTrue(Virtual.call(() -> {
            Thread self = Thread.currentThread();
            Executor home = VirtualThreads.scheduler(self);
            listed.call(() -> null);
            Runnable passage = VirtualThreads.task(self);
            assertInstanceOf(ThreadMove.class, passage);
            listed.call(() -> null);
            assertSame(passage, VirtualThreads.task(self));
            return VirtualThreads.scheduler(self) == home && !ThreadMove.isAboard(self);
        }));
    }
}
