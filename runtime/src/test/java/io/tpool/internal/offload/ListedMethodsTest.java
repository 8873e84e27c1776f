// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import io.tpool.testing.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListedMethodsTest {
    private static final String POOL = "listed-methods";

    @BeforeEach
    void definePool() {
        Pools.define(PoolConfig.of(POOL, 1));
    }

    @AfterEach
    void removePool() {
        Pools.remove(Pools.find(POOL));
    }

    @Test
    void a_number_leads_to_its_method() {
        int number = register(null);
        assertEquals("guest#call()", ListedMethods.get(number).name());
        assertEquals(POOL, ListedMethods.get(number).pool().name());
        ListedMethods.discard(number);
    }

    @Test
    void a_number_that_has_been_given_back_leads_nowhere_and_is_given_out_again() {
        int number = register(null);
        ListedMethods.discard(number);
        assertNull(ListedMethods.get(number));
        ListedMethods.discard(number);
        List<Integer> next = new ArrayList<>();
        while (!next.contains(number) && next.size() < 1_000) {
            next.add(register(null));
        }
        assertTrue(next.contains(number), next::toString);
        assertNotNull(ListedMethods.get(number));
        next.forEach(ListedMethods::discard);
    }

    /** Its byte code may still run, so that the number must not lead to another method. */
    @Test
    void a_retired_number_leads_nowhere_is_not_given_out_again_and_can_be_restored() {
        int number = register(null);
        ListedMethods.retire(number);
        assertNull(ListedMethods.get(number));
        List<Integer> next = new ArrayList<>();
        while (next.size() < 100) {
            next.add(register(null));
        }
        assertFalse(next.contains(number), next::toString);
        ListedMethods.restore(number, "guest#again()", POOL, Mode.TPOOL);
        assertEquals("guest#again()", ListedMethods.get(number).name());
        next.forEach(ListedMethods::discard);
        ListedMethods.discard(number);
    }

    /** The byte code is that of the method that was retired, and calls JNA as before. */
    @Test
    void a_restored_method_keeps_the_last_error_of_jna_as_before() {
        int number = register(null);
        ListedMethods.keepJnaLastError(number, getClass().getClassLoader());
        JnaLastError kept = ListedMethods.get(number).jnaLastError();
        assertNotNull(kept);
        ListedMethods.retire(number);
        ListedMethods.restore(number, "guest#again()", POOL, Mode.TPOOL);
        assertSame(kept, ListedMethods.get(number).jnaLastError());
        ListedMethods.discard(number);
    }

    @Test
    void numbers_that_were_never_given_out_lead_nowhere() {
        assertNull(ListedMethods.get(-1));
        assertNull(ListedMethods.get(Integer.MAX_VALUE));
        ListedMethods.discard(-1);
        ListedMethods.discard(Integer.MAX_VALUE);
    }

    @Test
    void a_method_needs_a_pool_that_is_defined() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> ListedMethods.register("guest#call()", "nowhere", Mode.TPOOL, null));
        assertEquals("no pool named nowhere", e.getMessage());
    }

    @Test
    void the_numbers_of_a_class_loader_are_free_again_when_it_is_gone() throws Exception {
        ClassLoader loader = new ClassLoader(null) { };
        int first = register(loader);
        int second = register(loader);
        System.gc();
        ListedMethods.figures();
        assertNotNull(ListedMethods.get(first));
        java.lang.ref.Reference.reachabilityFence(loader);
        loader = null;
        Await.until("both are given back", () -> {
            System.gc();
            ListedMethods.figures();
            return ListedMethods.get(first) == null && ListedMethods.get(second) == null;
        });
    }

    @Test
    void the_figures_of_one_method_are_added_up_over_class_loaders_and_reset_together() {
        int first = register(null);
        int second = register(new ClassLoader(null) { });
        ListedMethods.get(first).counts().offloaded.add(2);
        ListedMethods.get(second).counts().offloaded.add(3);
        assertEquals(5, offloaded());
        ListedMethods.reset();
        assertEquals(0, offloaded());
        ListedMethods.discard(first);
        ListedMethods.discard(second);
    }

    private static long offloaded() {
        return ListedMethods.figures().stream().filter(f -> f.pool().equals(POOL)).mapToLong(MethodFigures::offloaded)
                .sum();
    }

    private static int register(ClassLoader loader) {
        return ListedMethods.register("guest#call()", POOL, Mode.TPOOL, loader);
    }
}
