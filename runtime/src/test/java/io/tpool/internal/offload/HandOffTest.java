// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Await;
import io.tpool.testing.Occupied;
import io.tpool.testing.Virtual;
import io.tpool.internal.pool.Thrown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

class HandOffTest {
    private final Handed handed = Handed.inPool(1);

    @AfterEach
    void end() {
        Offload.enable(true);
        handed.close();
    }

    @Test
    void a_pool_thread_runs_the_call_and_the_caller_gets_its_value() throws Exception {
        Object value = new Object();
        Virtual.call(() -> {
            Thread caller = Thread.currentThread();
            assertSame(value, call(() -> {
                assertTrue(handed.isCurrent());
                assertNotSame(caller, Thread.currentThread());
                assertFalse(Thread.currentThread().isVirtual());
                return value;
            }));
            assertNull(call(() -> null));
            return null;
        });
        assertEquals(2, handed.figures().offloaded());
        assertEquals(2, handed.pool.completedCount());
    }

    @Test
    void the_call_sees_the_callers_context_class_loader_and_the_pool_thread_forgets_it() throws Exception {
        ClassLoader loader = new ClassLoader(null) { };
        PoolThread thread = (PoolThread) Virtual.call(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            return call(() -> {
                assertSame(loader, Thread.currentThread().getContextClassLoader());
                return Thread.currentThread();
            });
        });
        assertSame(ClassLoader.getSystemClassLoader(), thread.getContextClassLoader());
    }

    @Test
    void the_exception_is_the_very_object_that_the_method_threw() throws Exception {
        for (Throwable thrown
                : List.of(new IOException("test"), new IllegalStateException("test"), new LinkageError("test"))) {
            assertSame(thrown, Virtual.call(() -> assertThrows(Throwable.class, () -> handed.call(() -> {
                throw Thrown.<Exception>asIs(thrown);
            }))));
        }
        assertEquals(3, handed.figures().failed());
        assertEquals(0, handed.pool.thrownCount());
    }

    @Test
    void a_call_by_a_platform_thread_runs_where_it_is() throws Throwable {
        assertSame(Thread.currentThread(), handed.call(Thread::currentThread));
        assertEquals(0, handed.figures().offloaded());
    }

    @Test
    void a_call_by_a_pool_thread_runs_where_it_is() throws Exception {
        Virtual.call(() -> call(() -> {
            Thread self = Thread.currentThread();
            assertSame(self, call(Thread::currentThread));
            return null;
        }));
        assertEquals(1, handed.figures().offloaded());
    }

    @Test
    void a_call_by_a_thread_that_has_moved_runs_where_it_is() throws Exception {
        try (Listed listed = Listed.inPool(1)) {
            Virtual.call(() -> listed.call(() -> {
                Thread self = Thread.currentThread();
                assertSame(self, call(Thread::currentThread));
                assertTrue(listed.isCarrying());
                return null;
            }));
        }
        assertEquals(0, handed.figures().offloaded());
    }

    @Test
    void nothing_is_handed_off_while_offloading_is_switched_off() throws Exception {
        Offload.enable(false);
        assertFalse(Virtual.call(() -> (Boolean) call(handed::isCurrent)));
        assertEquals(0, handed.figures().offloaded());
    }

    @Test
    void a_caller_that_holds_the_monitor_which_the_method_takes_runs_it_itself() throws Exception {
        Object monitor = new Object();
        Virtual.call(() -> {
            synchronized (monitor) {
                assertFalse((Boolean) call(monitor, handed::isCurrent));
            }
            assertTrue((Boolean) call(monitor, handed::isCurrent));
            return null;
        });
        assertEquals(1, handed.figures().inPlace());
        assertEquals(1, handed.figures().offloaded());
    }

    @Test
    @EnabledForJreRange(minVersion = 24)   // before, holding the monitor pins the caller
    void a_method_that_runs_in_place_once_is_handed_off_when_it_calls_itself() throws Exception {
        Object monitor = new Object();
        Virtual.call(() -> {
            synchronized (monitor) {
                call(monitor, () -> {
                    assertFalse(handed.isCurrent());
                    return assertHandedOff();
                });
            }
            return assertHandedOff();
        });
        assertEquals(2, handed.figures().offloaded());
    }

    @Test
    void a_caller_above_a_native_frame_runs_it_itself_and_is_counted_as_pinned() throws Exception {
        Virtual.call(() -> {
            Virtual.belowNativeFrame(() -> assertFalse((Boolean) call(handed::isCurrent)));
            return assertHandedOff();
        });
        assertEquals(1, handed.figures().pinned());
        assertEquals(1, handed.figures().offloaded());
    }

    @Test
    void a_pinned_caller_does_not_wait_for_a_pool_thread() throws Exception {
        Occupied.during(handed.pool, 1, () -> Virtual.call(() -> {
            Virtual.belowNativeFrame(() -> assertFalse((Boolean) call(handed::isCurrent)));
            return null;
        }));
        assertEquals(1, handed.figures().pinned());
        assertEquals(0, handed.pool.queueDepth());
    }

    @Test
    @EnabledForJreRange(maxVersion = 23)
    void before_JDK_24_a_caller_that_holds_any_monitor_runs_it_itself() throws Exception {
        Object monitor = new Object();
        Virtual.call(() -> {
            synchronized (monitor) {
                assertFalse((Boolean) call(handed::isCurrent));
            }
            return null;
        });
        assertEquals(1, handed.figures().pinned());
    }

    @Test
    void a_permit_that_others_make_available_is_there_afterwards() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Virtual.Running<?> caller = Virtual.start(() -> {
            call(() -> {
                inside.countDown();
                Await.open("the test goes on", go);
                return null;
            });
            LockSupport.park();   // for ever without it
            return null;
        });
        Await.open("it is inside", inside);
        Await.parked(caller.thread());
        LockSupport.unpark(caller.thread());
        Await.parked(caller.thread());
        go.countDown();
        caller.end();
    }

    @Test
    void a_saturated_pool_lets_it_run_in_place_or_refuses_it_as_told() throws Exception {
        try (Handed inPlace = Handed.inPool(1, 1, 0, Saturation.INPLACE); Handed reject =
                Handed.inPool(1, 1, 0, Saturation.REJECT)) {
            Occupied.during(inPlace.pool, 1,
                    () -> assertFalse(Virtual.call(() -> (Boolean) call(inPlace, inPlace::isCurrent))));
            assertEquals(1, inPlace.figures().inPlace());
            Occupied.during(reject.pool, 1, () -> assertThrows(RejectedExecutionException.class,
                    () -> Virtual.call(() -> call(reject, reject::isCurrent))));
            assertEquals(1, reject.figures().failed());
        }
    }

    @Test
    void it_runs_in_place_if_the_system_starts_no_thread() throws Exception {
        try (Handed unstartable = Handed.inPool(1, 2, 1L << 60, Saturation.WAIT)) {
            List<Virtual.Running<Object>> callers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                callers.add(Virtual.start(() -> call(unstartable, unstartable::isCurrent)));
            }
            for (Virtual.Running<Object> caller : callers) {
                assertEquals(false, caller.end());
            }
            assertEquals(50, unstartable.figures().inPlace());
        }
    }

    private Object assertHandedOff() {
        assertTrue((Boolean) call(handed::isCurrent));
        return null;
    }

    private Object call(Callable<?> body) {
        return call(handed, body);
    }

    private static Object call(Handed method, Callable<?> body) {
        return call(method, null, body);
    }

    private Object call(Object monitor, Callable<?> body) {
        return call(handed, monitor, body);
    }

    private static Object call(Handed method, Object monitor, Callable<?> body) {
        try {
            return method.call(monitor, body);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
