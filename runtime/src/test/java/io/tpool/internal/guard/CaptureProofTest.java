// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What counts as a proof of a capture's duration. */
class CaptureProofTest {
    private static final long MILLI = 1_000_000;

    @Test
    void the_time_that_a_thread_waits_for_a_processor_is_no_capture() {
        ProcessorUse begun = new ProcessorUse(0, 0, 5 * MILLI, 0);
        ProcessorUse now = new ProcessorUse(60 * MILLI, 2 * MILLI, 53 * MILLI, 0);
        assertEquals(2 * MILLI, CaptureProof.withoutWaits(begun, now, 50 * MILLI));
        assertEquals(0, CaptureProof.withoutWaits(begun, now, 40 * MILLI));
    }

    @Test
    void the_time_in_which_everything_stood_still_is_no_capture() {
        ProcessorUse begun = new ProcessorUse(10 * MILLI, 0, 5 * MILLI, 2 * MILLI);
        ProcessorUse now = new ProcessorUse(60 * MILLI, 2 * MILLI, 5 * MILLI, 3 * MILLI);
        assertEquals((50 - 10 - 1) * MILLI, CaptureProof.seen(begun, now, 50 * MILLI));
    }

    @Test
    void what_a_carrier_computes_after_the_capture_is_not_the_captures() {
        ProcessorUse begun = new ProcessorUse(0, 0, ProcessorWaits.UNKNOWN, 0);
        ProcessorUse now = new ProcessorUse(100 * MILLI, 70 * MILLI, ProcessorWaits.UNKNOWN, 0);
        assertEquals(70 * MILLI, CaptureProof.used(begun, now, 100 * MILLI));
        assertEquals(10 * MILLI, CaptureProof.used(begun, now, 40 * MILLI));
    }

    @Test
    void where_the_guards_own_waits_are_not_known_all_its_lateness_is_a_standstill() {
        Standstill standstill = new Standstill();
        standstill.look(30 * MILLI, false);
        standstill.look(0, false);
        standstill.look(12 * MILLI, false);
        assertEquals(42 * MILLI, standstill.nanos());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_system_tells_how_long_a_sleeping_thread_has_waited_and_that_it_sleeps() throws Exception {
        CpuTimes.load();
        ProcessorWaits waits = new ProcessorWaits();
        Thread sleeper = Thread.ofPlatform().name("a-sleeper").daemon().start(() -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException end) {
                return;
            }
        });
        Await.until("it sleeps", () -> waits.sleeps(sleeper));
        assertTrue(waits.of(sleeper) >= 0 || !waits.areCounted());
        sleeper.interrupt();
    }
}
