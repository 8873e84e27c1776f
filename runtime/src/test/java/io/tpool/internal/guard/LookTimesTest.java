// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How often the guard looks, with carriers that do what the test says, on a clock of its own. */
class LookTimesTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final FakeScheduler scheduler = new FakeScheduler(2);
    private final GuardSettings settings = new GuardSettings(GuardMode.ON, MILLI, 1024);
    private final CaptureTotals totals = new CaptureTotals();
    private final GuardLoop loop = new GuardLoop(scheduler, () -> settings, new CaptureFeed(() -> true), totals,
        Parallelism.MOST);
    private long now = SECOND;
    private int looks;

    @Test
    void while_nothing_happens_it_hardly_looks() {
        looks(2_000);
        assertEquals(10 * MILLI, loop.tick());
        scheduler.queues[0].base++;
        scheduler.queues[0].top++;
        looks(1);
        assertTrue(loop.tick() <= 4 * MILLI);
    }

    @Test
    void while_all_carriers_rest_for_long_it_wakes_10_times_a_second() {
        scheduler.activity = 17;
        looks(2_000);
        assertEquals(100 * MILLI, loop.tick());
        scheduler.activity = 18;
        scheduler.queues[0].top++;
        looks(1);
        assertTrue(loop.tick() <= 4 * MILLI);
    }

    @Test
    void carriers_that_never_rest_and_are_not_captured_are_looked_at_280_times_a_second_at_most() {
        neverRest(3 * SECOND);
        looks = 0;
        neverRest(SECOND);
        assertTrue(looks > 200 && looks <= 280, looks + " looks");
    }

    @Test
    void where_carriers_were_free_the_first_time_that_somebody_waits_is_followed_by_a_look_after_the_patience() {
        neverRest(3 * SECOND);
        scheduler.queues[1].continuation = null;
        scheduler.queues[3].continuation = null;
        for (int i = 0; i < 100; i++) {
            passTask();
            looks(1);
        }
        assertEquals(4 * MILLI, loop.tick());
        scheduler.queues[1].mounts("first");
        scheduler.queues[3].mounts("second");
        scheduler.queues[0].top++;
        looks(1);
        assertEquals(MILLI, loop.tick());
    }

    @Test
    void for_two_seconds_after_a_capture_it_looks_as_often_as_the_patience_is_long() {
        neverRest(3 * SECOND);
        scheduler.queues[1].mounts("blocks");
        looks(5);
        scheduler.queues[1].mounts("goes on");
        looks = 0;
        neverRest(SECOND);
        assertTrue(looks > 900, looks + " looks");
    }

    @Test
    void the_look_after_the_first_capture_in_a_calm_time_comes_after_the_patience() {
        neverRest(3 * SECOND);
        scheduler.queues[1].mounts("blocks");
        while (totals.figures().captureCount() == 0) {
            scheduler.queues[3].mounts("one of many");
            passTask();
            looks(1);
        }
        assertEquals(MILLI, loop.tick());
    }

    /** Two carriers that take one task after the other from a queue that is never empty. */
    private void neverRest(long nanos) {
        for (long begin = now; now - begin < nanos;) {
            scheduler.queues[1].mounts("one of many");
            scheduler.queues[3].mounts("another one");
            passTask();
            scheduler.queues[0].top = scheduler.queues[0].base + 5;
            looks(1);
        }
    }

    private void passTask() {
        scheduler.queues[0].base++;
        scheduler.queues[0].top = scheduler.queues[0].base;
    }

    private void looks(int count) {
        for (int i = 0; i < count; i++) {
            now += loop.tick();
            scheduler.passes(loop.tick());
            loop.look(settings, now);
            looks++;
        }
    }
}
