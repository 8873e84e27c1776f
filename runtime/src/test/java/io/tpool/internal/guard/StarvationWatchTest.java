// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When others have waited for captured carriers, and how long. */
class StarvationWatchTest {
    private final StarvationWatch watch = new StarvationWatch();

    @Test
    void it_begins_with_the_last_capture_and_ends_with_the_first_task_taken() {
        assertFalse(watch.look(10, false, 0, 0, 0));
        assertFalse(watch.look(20, true, 12, 2, 3));
        assertFalse(watch.look(30, true, 12, 2, 5));
        assertTrue(watch.look(40, false, 12, 2, 1));
        assertEquals(12, watch.since());
        assertEquals(2, watch.carriers());
        assertEquals(5, watch.waiting());
    }

    @Test
    void captures_that_have_long_been_there_starve_nobody_before_somebody_comes() {
        watch.look(1_000, false, 5, 2, 0);
        watch.look(1_010, true, 5, 2, 1);
        assertTrue(watch.look(1_020, false, 5, 2, 0));
        assertEquals(1_000, watch.since());
    }
}
