// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    private static final double RESOLUTION = 0.03;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 63, 64, 1_000, 1_000_000, 59_999_999_999L, Long.MAX_VALUE})
    void aDurationComesBackAsItWas(long nanos) {
        Durations durations = new Durations();
        durations.add(nanos);
        assertEquals(nanos, durations.percentile(0.5), nanos * RESOLUTION);
        assertEquals(nanos, durations.mean());
    }

    @Test
    void aPercentileIsNotExceededByItsShare() {
        Durations durations = new Durations();
        for (int i = 1; i <= 1_000; i++) {
            durations.add(i * 1_000L);
        }
        assertEquals(500_000, durations.percentile(0.5), 500_000 * RESOLUTION);
        assertEquals(999_000, durations.percentile(0.999), 999_000 * RESOLUTION);
        assertEquals(500_500, durations.mean());
    }

    @Test
    void afterAResetThereIsNone() {
        Durations durations = new Durations();
        durations.add(5);
        durations.reset();
        assertEquals(0, durations.percentile(1));
        assertEquals(0, durations.mean());
    }
}
