// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Nothing of ours keeps an application, its threads or its class loader alive, though pool threads live on. */
class LeakTest {
    @Test
    void a_pool_thread_keeps_nothing_of_a_call_that_was_handed_off() throws Exception {
        try (Handed handed = Handed.inPool(1)) {
            assertGarbage(handOff(handed));
            assertEquals(1, handed.pool.threadCount());
        }
    }

    @Test
    void a_pool_thread_keeps_nothing_of_whose_code_had_it_started() throws Exception {
        Pool pool = new Pool(PoolConfig.of("leak", 1));
        Callable<Object> guest = Guest.arrives();
        Guest.callsPool(guest, pool);
        WeakReference<?> loader = new WeakReference<>(guest.getClass().getClassLoader());
        guest = null;
        assertGarbage(loader);
        assertEquals(1, pool.threadCount());
        pool.killAll();
    }

    @Test
    void a_pool_thread_keeps_nothing_of_a_thread_that_it_has_carried() throws Exception {
        try (Listed listed = Listed.inPool(1)) {
            WeakReference<?>[] references = Virtual.call(() -> {
                Callable<Object> guest = Guest.arrives();
                Thread.currentThread().setContextClassLoader(guest.getClass().getClassLoader());
                listed.call(guest);
                return new WeakReference<?>[] {new WeakReference<>(guest.getClass().getClassLoader()),
                        new WeakReference<>(Thread.currentThread())};
            });
            for (WeakReference<?> reference : references) {
                assertGarbage(reference);
            }
            assertEquals(1, listed.pool.threadCount());
        }
    }

    @Test
    void the_next_call_finds_nothing_of_the_one_before() throws Exception {
        InheritableThreadLocal<Object> inheritable = new InheritableThreadLocal<>();
        ThreadLocal<Object> local = new ThreadLocal<>();
        try (Handed handed = Handed.inPool(1)) {
            Virtual.call(() -> handOff(handed, () -> {
                inheritable.set("left behind");
                local.set("left behind");
                return null;
            }));
            Virtual.call(() -> handOff(handed, () -> {
                assertNull(inheritable.get());
                assertNull(local.get());
                return null;
            }));
        }
    }

    private static WeakReference<?> handOff(Handed handed) throws Exception {
        return Virtual.call(() -> {
            Callable<Object> guest = Guest.arrives();
            handOff(handed, guest);
            return new WeakReference<>(guest.getClass().getClassLoader());
        });
    }

    private static Object handOff(Handed handed, Callable<?> body) throws Exception {
        try {
            return handed.call(body);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void assertGarbage(WeakReference<?> reference) throws InterruptedException {
        Await.until("it is garbage", () -> {
            System.gc();
            return reference.get() == null;
        });
    }
}
