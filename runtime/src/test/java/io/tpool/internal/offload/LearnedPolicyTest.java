// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Virtual;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether calls move or stay in mode auto. */
class LearnedPolicyTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long WAIT = 20 * MICRO;

    private final LearnedPolicy policy =
            new ListedMethod("com.acme.Type#method()", new Pool(PoolConfig.of("learned", 1)), Mode.AUTO).policy();

    @BeforeEach
    void thereIsAGuard() {
        Learning.guarded(true, MILLI);
    }

    @AfterEach
    void thereIsNone() {
        Learning.guarded(false, MILLI);
    }

    private void calls(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            policy.moved(WAIT, nanos);
        }
    }

    private boolean moves() {
        assertEquals(policy.decision().moves(), !policy.stays());
        return policy.decision().moves();
    }

    @Test
    void calls_move_until_a_hundred_were_short() {
        calls(99, MICRO);
        assertTrue(moves());
        calls(1, MICRO);
        assertFalse(moves());
    }

    @Test
    void calls_that_take_longer_than_a_hop_always_move() {
        calls(10_000, 200 * MICRO);
        assertTrue(moves());
        calls(10_000, 50 * MILLI);
        assertTrue(moves());
    }

    @Test
    void a_rare_long_call_does_not_keep_short_ones_moving() {
        for (int i = 0; i < 2; i++) {
            calls(1, 5 * MILLI);
            calls(999, MICRO);
        }
        assertFalse(moves());
    }

    @Test
    void every_second_call_long_keeps_all_moving() {
        for (int i = 0; i < 10_000; i++) {
            calls(1, 5 * MILLI);
            calls(1, MICRO);
            assertTrue(policy.decision().moves());
        }
    }

    @Test
    void captures_that_cost_more_than_hops_make_calls_move_again() {
        calls(100, MICRO);
        stay(10);
        captured(1);
        captured(1);
        assertFalse(moves(), "two captures may be chance");
        captured(1);
        assertTrue(moves());
    }

    @Test
    void captures_that_are_rare_among_calls_change_nothing() {
        calls(100, MICRO);
        for (int i = 0; i < 1_000; i++) {
            stay(1_000);
            captured(1);
        }
        assertFalse(moves());
    }

    @Test
    void after_a_million_short_calls_a_few_long_ones_are_enough() {
        calls(100, MICRO);
        stay(1_000_000);
        int captures = 0;
        while (!policy.decision().moves()) {
            stay(1);
            captured(1);
            captures++;
        }
        assertTrue(captures < 20, captures + " captures");
    }

    @Test
    void each_return_doubles_the_calls_that_are_needed_to_stay_again() {
        for (int needed = 100; needed <= 51_200; needed *= 2) {
            calls(needed - 1, MICRO);
            assertTrue(moves(), needed + " calls are needed");
            calls(1, MICRO);
            assertFalse(moves(), needed + " calls are enough");
            captured(3);
            captured(1);
            captured(1);
        }
    }

    @Test
    void without_a_guard_one_long_call_is_evidence() {
        Learning.guarded(false, MILLI);
        calls(100, MICRO);
        assertFalse(moves());
        policy.wasLong(2 * MILLI);
        assertTrue(moves());
    }

    @Test
    void the_reason_names_what_was_seen() {
        assertEquals("nothing is known yet", policy.decision().reason());
        calls(100, 2 * MICRO);
        assertEquals("100 calls took 2.0 us in the mean, a hop takes 40 us", policy.decision().reason());
        stay(5);
        captured(2);
        captured(1);
        captured(1);
        assertEquals("4 captures in 5 calls cost more than moving them", policy.decision().reason());
    }

    @Test
    void a_woven_method_stays_once_its_calls_were_short_and_is_counted_in_place() throws Exception {
        try (Listed listed = Listed.inPool(2, 2, 0, Saturation.WAIT, Mode.AUTO)) {
            Virtual.call(() -> {
                while (listed.figures().decision().moves()) {
                    listed.call(() -> null);
                }
                long before = listed.figures().inPlace();
                for (int i = 0; i < 1_000; i++) {
                    assertFalse(listed.call(listed::isCarrying));
                }
                assertEquals(1_000, listed.figures().inPlace() - before);
                return null;
            });
        }
    }

    @Test
    void a_woven_method_whose_stack_holds_a_capture_moves_again() throws Exception {
        try (Listed listed = Listed.inPool(2, 2, 0, Saturation.WAIT, Mode.AUTO)) {
            Virtual.call(() -> {
                while (listed.figures().decision().moves()) {
                    listed.call(() -> null);
                }
                return null;
            });
            String name = listed.figures().method();
            int hash = name.indexOf('#');
            StackTraceElement frame = new StackTraceElement(name.substring(0, hash),
                    name.substring(hash + 1).replaceAll("\\(.*", ""), null, -1);
            StackTraceElement below = new StackTraceElement("com.acme.Below", "nativeOne", null, -2);
            for (int i = 0; i < 3; i++) {
                Learning.captured(new StackTraceElement[] {below, frame}, 1_000, System.nanoTime());
            }
            assertTrue(listed.figures().decision().moves());
            assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
        }
    }

    @Test
    void a_call_that_blocks_without_a_guard_brings_its_method_back() throws Exception {
        Learning.guarded(false, MILLI);
        try (Listed listed = Listed.inPool(2, 2, 0, Saturation.WAIT, Mode.AUTO)) {
            Virtual.call(() -> {
                while (listed.figures().decision().moves()) {
                    listed.call(() -> null);
                }
                listed.call(() -> {
                    Thread.sleep(20);
                    return null;
                });
                return null;
            });
            assertTrue(listed.figures().decision().moves());
        }
    }

    @Test
    void captures_that_began_while_calls_moved_are_no_evidence() {
        long before = System.nanoTime();
        calls(100, MICRO);
        for (int i = 0; i < 10; i++) {
            policy.captured(1_000, before);
        }
        assertFalse(moves());
    }

    private void captured(long captures) {
        policy.captured(captures, System.nanoTime());
    }

    /** So many calls that stay. */
    private void stay(int calls) {
        for (int i = 0; i < calls; i++) {
            policy.count();
        }
    }
}
