// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final int MEAN = 1_000_000;
    private static final int COUNT = 10_000;

    @Test
    void requestsComeAsOftenAsWasSaid() {
        Schedule schedule = new Schedule(1, MEAN);
        long sum = 0;
        for (int i = 0; i < COUNT; i++) {
            long next = schedule.next();
            assertTrue(next >= 0);
            sum += next;
        }
        assertEquals(MEAN, sum / COUNT, 0.05 * MEAN);
    }

    @Test
    void theSameSeedGivesTheSameSchedule() {
        Schedule one = new Schedule(42, MEAN);
        Schedule other = new Schedule(42, MEAN);
        for (int i = 0; i < COUNT; i++) {
            assertEquals(one.next(), other.next());
        }
    }
}
