// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DelaysTest {
    private static final long MILLI = 1_000_000;

    @Test
    void whoIsLateByManyPeriodsHasMissedThemAll() {
        Delays delays = new Delays(1, 0);
        delays.ticked(MILLI);
        delays.ticked(2 * MILLI + 10);
        delays.ticked(6 * MILLI + 10);
        assertArrayEquals(new long[] {0, 0, 0, 10, MILLI, 2 * MILLI, 3 * MILLI}, delays.sorted(7 * MILLI + 10));
    }

    @Test
    void aDelayThatHasNotEndedCounts() {
        Delays delays = new Delays(1, 0);
        assertArrayEquals(new long[] {0, MILLI, 2 * MILLI}, delays.sorted(3 * MILLI));
    }

    @Test
    void aPercentileIsNotExceededByItsShare() {
        long[] hundred = new long[100];
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = i + 1;
        }
        assertEquals(50, Delays.percentile(hundred, 0.5));
        assertEquals(99, Delays.percentile(hundred, 0.99));
        assertEquals(100, Delays.percentile(hundred, 0.999));
        assertEquals(1, Delays.percentile(hundred, 0));
    }
}
