// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Jvm;
import io.tpool.testing.Virtual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls from deep down the stack. */
class DeepStackTest {
    /** Without any care the JVM crashes, on JDK 21 to 28. */
    @ParameterizedTest
    @CsvSource({"-XX:+TieredCompilation, 0", "-XX:TieredStopAtLevel=1, 0", "-XX:TieredStopAtLevel=1, 262144",
            "-Xint, 262144"})
    void a_stack_that_overflows_does_so_as_without_us(String option, String stackSize) throws Exception {
        Jvm.Result result = Jvm.run(Jvm.opened(option), DeepStack.class, stackSize);
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("overflows=6"), result.output());
    }

    @Test
    void a_thread_whose_stack_is_too_large_for_a_pool_thread_stays_and_moves_when_it_is_smaller() throws Exception {
        try (Listed listed = Listed.inPool(1, 1, 256 << 10, Saturation.WAIT, Mode.TPOOL)) {
            Virtual.call(() -> {
                assertFalse(deepDown(5_000, listed));
                assertTrue(deepDown(5, listed));
                return null;
            });
            assertEquals(1, listed.figures().pinned());
            assertEquals(1, listed.figures().offloaded());
        }
    }

    @Test
    void a_thread_moves_from_deep_down_to_a_pool_thread_with_as_much_stack_as_carriers_have() throws Exception {
        try (Listed listed = Listed.inPool(1)) {
            assertTrue(Virtual.call(() -> deepDown(1_000, listed)));
            assertTrue(Virtual.call(() -> deepDown(1_000, listed)));
        }
    }

    private static boolean deepDown(int levels, Listed listed) throws Exception {
        return levels == 0 ? listed.call(listed::isCarrying) : deepDown(levels - 1, listed);
    }
}
