// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What the rows keep of captures that a reset comes into. */
class CaptureLogTest {
    private static final long MILLI = 1_000_000;

    private final CaptureLog log = new CaptureLog(new CaptureFeed(() -> true));
    private final long start = System.nanoTime();

    @Test
    void a_capture_that_nobody_looked_at_is_counted_at_its_end() {
        log.ended(3, null, start, 7 * MILLI);
        CaptureRow row = log.rows(start + 10 * MILLI).get(0);
        assertEquals(1, row.count());
        assertEquals(7 * MILLI, row.nanos());
    }

    @Test
    void of_a_capture_that_began_before_a_reset_only_the_time_since_is_kept() {
        log.reset(start + 5 * MILLI);
        log.ended(3, null, start, 7 * MILLI);
        CaptureRow row = log.rows(start + 10 * MILLI).get(0);
        assertEquals(0, row.count());
        assertEquals(2 * MILLI, row.nanos());
    }

    @Test
    void a_capture_that_ended_before_a_reset_is_forgotten_however_late_that_is_heard() {
        log.reset(start + 8 * MILLI);
        log.ended(3, null, start, 7 * MILLI);
        assertEquals(0, log.rows(start + 10 * MILLI).size());
    }
}
