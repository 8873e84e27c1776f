// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the guard does about carriers, with carriers that do what the test says, on a clock of its own. */
class GuardLoopTest {
    private static final long MILLI = 1_000_000;

    private final FakeScheduler scheduler = new FakeScheduler(2);
    private final CaptureTotals totals = new CaptureTotals();
    private final CaptureFeed feed = new CaptureFeed(() -> true);
    private GuardSettings settings = new GuardSettings(GuardMode.ON, MILLI, 1024);
    private final GuardLoop loop = new GuardLoop(scheduler, () -> settings, feed, totals, Parallelism.MOST);
    private long now = 1_000_000_000;

    @Test
    void a_carrier_that_blocks_is_replaced() {
        looks(3);
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("blocks, too");
        looks(5);
        assertEquals(4, scheduler.parallelism);
        assertEquals(2, totals.figures().capturedCarriers());
        assertEquals(2, totals.figures().lentCarriers());
        assertEquals(2, totals.figures().captureCount());
        assertEquals(2, totals.figures().parallelism());
    }

    @Test
    void a_capture_that_began_before_a_reset_is_not_counted_after_it() {
        looks(3);
        scheduler.queues[1].mounts("blocks");
        looks(1);
        totals.reset(now + 1);
        looks(10);
        assertEquals(1, totals.figures().capturedCarriers());
        assertEquals(0, totals.figures().captureCount());
        assertTrue(totals.figures().capturedMillis() > 0);
    }

    /** The reader has had no time to look at its stack, and may find out later. */
    @Test
    void a_capture_that_goes_on_is_looked_at_again_and_again() {
        looks(3);
        scheduler.queues[1].mounts("blocks");
        int late = 0;
        for (int i = 0; i < 2_000; i++) {
            looks(1);
            for (CaptureFeed.Entry entry = feed.peek(); entry != null; entry = feed.peek()) {
                late += entry.what == CaptureFeed.LOOK && entry.look == CaptureFeed.LATE_LOOK ? 1 : 0;
                feed.done(entry);
            }
        }
        assertTrue(late > 2 && late < 10, late + " late looks");
    }

    @Test
    void nothing_is_lent_while_a_carrier_is_free_and_nothing_waits() {
        looks(3);
        scheduler.queues[1].mounts("blocks");
        looks(5);
        assertEquals(2, scheduler.parallelism);
        assertEquals(1, totals.figures().capturedCarriers());
        scheduler.queues[0].top++;
        looks(1);
        assertEquals(3, scheduler.parallelism);
        assertTrue(scheduler.signals > 0);
    }

    @Test
    void what_was_lent_is_given_back_when_the_captures_end() {
        a_carrier_that_blocks_is_replaced();
        scheduler.queues[1].continuation = null;
        scheduler.queues[3].continuation = null;
        looks(60);
        assertEquals(2, scheduler.parallelism);
        assertEquals(0, totals.figures().capturedCarriers());
        assertEquals(0, totals.figures().lentCarriers());
        assertEquals(2, totals.figures().largestLentCarriers());
    }

    @Test
    void a_carrier_that_takes_something_new_between_two_looks_is_not_captured() {
        looks(3);
        for (int i = 0; i < 30; i++) {
            scheduler.queues[1].mounts("always the same");
            looks(1);
        }
        assertEquals(0, totals.figures().captureCount());
    }

    @Test
    void others_that_take_from_the_queue_of_a_captured_carrier_do_not_end_the_capture() {
        looks(3);
        scheduler.queues[1].top = 40;
        scheduler.queues[1].mounts("blocks");
        for (int i = 0; i < 30; i++) {
            scheduler.queues[1].base++;
            looks(1);
        }
        assertEquals(1, totals.figures().captureCount());
        assertEquals(1, totals.figures().capturedCarriers());
    }

    @Test
    void a_carrier_that_gives_and_takes_of_its_own_queue_is_not_captured() {
        looks(3);
        scheduler.queues[1].mounts("yields");
        for (int i = 0; i < 30; i++) {
            scheduler.queues[1].base++;
            scheduler.queues[1].top++;
            looks(1);
        }
        assertEquals(0, totals.figures().captureCount());
    }

    @Test
    void one_late_look_alone_makes_no_capture() {
        looks(3);
        scheduler.queues[1].mounts("was held up as everybody was");
        looks(1);
        now += 5_000 * MILLI;
        loop.look(settings, now);
        assertEquals(2, scheduler.parallelism);
        scheduler.queues[1].continuation = null;
        looks(3);
        assertEquals(0, totals.figures().captureCount());
    }

    @Test
    void where_every_look_is_late_a_capture_is_seen_all_the_same() {
        looks(3);
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("blocks");
        for (int i = 0; i < 20; i++) {
            now += 6 * MILLI;
            loop.look(settings, now);
        }
        assertEquals(4, scheduler.parallelism);
    }

    @Test
    void a_standstill_of_the_process_is_no_part_of_a_capture() {
        a_carrier_that_blocks_is_replaced();
        now += 60_000 * MILLI;
        looks(3);
        assertTrue(totals.figures().capturedMillis() < 1_000, () -> totals.figures().toString());
    }

    @Test
    void a_parallelism_that_somebody_else_sets_is_the_users() {
        a_carrier_that_blocks_is_replaced();
        scheduler.parallelism = 7;
        scheduler.queues[0].top++;
        looks(2);
        assertEquals(7, totals.figures().parallelism());
        assertEquals(9, scheduler.parallelism);
        scheduler.queues[1].continuation = null;
        scheduler.queues[3].continuation = null;
        scheduler.queues[0].base++;
        looks(60);
        assertEquals(7, scheduler.parallelism);
    }

    @Test
    void what_is_lent_is_given_back_at_once_when_the_guard_is_told_to_watch_or_is_switched_off() {
        for (GuardMode mode : new GuardMode[] {GuardMode.WATCH, GuardMode.OFF}) {
            settings = new GuardSettings(GuardMode.ON, MILLI, 1024);
            scheduler.queues[1].mounts("blocks");
            scheduler.queues[3].mounts("blocks");
            looks(10);
            assertEquals(4, scheduler.parallelism, mode.toString());
            settings = new GuardSettings(mode, MILLI, 1024);
            loop.look(settings, now += MILLI);
            assertEquals(2, scheduler.parallelism, mode.toString());
            assertEquals(mode == GuardMode.WATCH ? 2 : 0, totals.figures().capturedCarriers());
        }
    }

    @Test
    void a_guard_that_watches_counts_and_lends_nothing() {
        watchStarvation();
        scheduler.queues[0].base = 3;
        looks(1);
        assertEquals(2, scheduler.parallelism);
        assertEquals(0, scheduler.signals);
        assertEquals(2, totals.figures().captureCount());
        assertEquals(1, totals.figures().starvedCount());
        assertTrue(totals.figures().longestStarvedMillis() >= 20, () -> totals.figures().toString());
    }

    @Test
    void others_have_starved_also_where_all_captures_have_ended_when_the_next_look_comes() {
        watchStarvation();
        scheduler.queues[1].mounts("goes on");
        scheduler.queues[3].mounts("goes on");
        scheduler.queues[0].base = 3;
        looks(1);
        assertEquals(1, totals.figures().starvedCount());
        assertTrue(totals.figures().longestStarvedMillis() >= 20, () -> totals.figures().toString());
    }

    @Test
    void never_more_than_max_is_lent_and_a_smaller_max_holds_at_once() {
        settings = new GuardSettings(GuardMode.ON, MILLI, 3);
        capture(10);
        assertEquals(5, scheduler.parallelism);
        settings = new GuardSettings(GuardMode.ON, MILLI, 1);
        looks(1);
        assertEquals(3, scheduler.parallelism);
    }

    @Test
    void a_largest_pool_that_the_user_has_set_is_kept_to() {
        GuardLoop limited = new GuardLoop(scheduler, () -> settings, feed, totals, 4);
        scheduler.queues[0].top = 100;
        for (int i = 0; i < 10; i++) {
            scheduler.queues[2 * i + 1].mounts("blocks");
        }
        for (int i = 0; i < 20; i++) {
            limited.look(settings, now += MILLI);
        }
        assertEquals(4, scheduler.parallelism);
    }

    @Test
    void carriers_that_the_jdk_has_replaced_are_not_replaced_twice_unless_work_is_stuck() {
        scheduler.queues[1].compensated = true;
        scheduler.queues[3].compensated = true;
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("blocks");
        looks(10);
        assertEquals(2, scheduler.parallelism);
        assertEquals(2, totals.figures().capturedCarriers());
        scheduler.queues[0].top++;
        looks(2);
        assertTrue(scheduler.parallelism > 2);
    }

    @Test
    void computations_get_no_carrier_before_something_has_waited_long() {
        scheduler.queues[1].computes = true;
        scheduler.queues[3].computes = true;
        scheduler.queues[1].mounts("computes");
        scheduler.queues[3].mounts("computes");
        looks(12);   // the first suspects are taken to block for an instant, which must be over by now
        looks(60);
        assertEquals(2, scheduler.parallelism);
        scheduler.queues[0].top++;
        looks(15);
        assertEquals(2, scheduler.parallelism);
        looks(15);
        assertTrue(scheduler.parallelism >= 3, () -> scheduler.parallelism + " carriers");
        assertTrue(scheduler.parallelism <= 4, () -> scheduler.parallelism + " carriers");
    }

    @Test
    void a_queue_that_no_carrier_comes_to_is_served_by_a_helper() throws InterruptedException {
        FakeScheduler.Queue left = scheduler.queues[2];
        FakeScheduler.Queue backlog = scheduler.queues[0];
        BlockingQueue<FakeScheduler.Queue> served = new LinkedBlockingQueue<>();
        scheduler.runsNext = queue -> {
            if (queue.base < queue.top) {
                queue.base++;
                served.add(queue);
                return true;
            }
            return false;
        };
        compute();
        backlog.top = 100;
        left.top = 1;
        for (int i = 0; i < 10; i++) {
            backlog.base++;
            looks(3);
        }
        assertEquals(left, served.poll(30, TimeUnit.SECONDS), "the queue that nobody took from");
        assertEquals(2, scheduler.parallelism, "no carrier is lent where a helper comes");
        assertTrue(totals.figures().largestLentCarriers() > 0);
        assertNull(served.poll());
    }

    @Test
    void a_helper_that_is_kept_by_what_it_runs_is_followed_by_another_one_later() throws InterruptedException {
        FakeScheduler.Queue left = scheduler.queues[2];
        Semaphore kept = new Semaphore(0);
        CountDownLatch over = new CountDownLatch(1);
        scheduler.runsNext = queue -> {
            kept.release();
            awaitOrDie(over);
            return false;
        };
        compute();
        settings = new GuardSettings(GuardMode.ON, MILLI, 2);
        left.top = 2;
        looks(15);
        assertEquals(0, totals.figures().lentCarriers());
        looks(50);
        assertTrue(kept.tryAcquire(2, 30, TimeUnit.SECONDS));
        assertEquals(2, totals.figures().lentCarriers());
        looks(200);
        assertEquals(2, totals.figures().lentCarriers(), "the settings allow two");
        over.countDown();
        while (totals.figures().lentCarriers() > 0) {
            left.top = left.base;
            looks(1);
            Thread.yield();
        }
    }

    private static void awaitOrDie(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void where_threads_wait_for_a_processor_those_that_do_not_sleep_compute() {
        scheduler.crowded = true;
        scheduler.queues[1].state = RunState.RUNNABLE;
        scheduler.queues[3].state = RunState.RUNNABLE;
        looks(3);
        scheduler.queues[1].mounts("computes");
        scheduler.queues[3].mounts("computes");
        looks(60);
        scheduler.queues[0].top++;
        looks(4);
        assertEquals(2, scheduler.parallelism);
        assertEquals(2, totals.figures().captureCount());
    }

    @Test
    void where_threads_wait_for_a_processor_those_that_sleep_are_replaced_at_once() {
        int processors = Runtime.getRuntime().availableProcessors();
        for (int i = 2; i < 2 + processors; i++) {
            scheduler.queues[2 * i + 1].computes = true;
            scheduler.queues[2 * i + 1].mounts("computes");
        }
        looks(60);
        scheduler.crowded = true;
        scheduler.queues[1].state = RunState.SLEEPING;
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[0].top++;
        looks(4);
        assertEquals(3, scheduler.parallelism);
    }

    @Test
    void where_threads_wait_for_a_processor_each_of_a_thousand_that_sleep_is_replaced() {
        FakeScheduler large = new FakeScheduler(1_000, 2_048);
        GuardLoop guard = new GuardLoop(large, () -> settings, feed, totals, Parallelism.MOST);
        large.crowded = true;
        guard.look(settings, now);
        for (int i = 1; i <= 1_000; i++) {
            large.queues[i].state = RunState.SLEEPING;
            large.queues[i].mounts("blocks");
        }
        for (int i = 0; i < 200; i++) {
            now += guard.tick();
            guard.look(settings, now);
        }
        large.queues[0].top = 2_000;
        guard.look(settings, now + MILLI);
        assertEquals(2_000, large.parallelism);
    }

    /** Both carriers compute, for long enough to be known for it. */
    private void compute() {
        scheduler.queues[1].computes = true;
        scheduler.queues[3].computes = true;
        scheduler.queues[1].mounts("computes");
        scheduler.queues[3].mounts("computes");
        looks(72);
        assertEquals(2, scheduler.parallelism);
    }

    @Test
    void while_no_cpu_time_is_known_a_few_suspects_for_each_processor_are_taken_to_block() {
        scheduler.cpuKnown = false;
        capture(30);
        int guessed = scheduler.parallelism - 2;
        assertTrue(guessed >= 4 && guessed <= 4 * Runtime.getRuntime().availableProcessors(), () -> guessed + " lent");
        scheduler.cpuKnown = true;
        looks(60);
        assertEquals(32, scheduler.parallelism);
    }

    @Test
    void where_threads_wait_for_a_processor_a_short_standstill_is_no_capture() {
        now = System.nanoTime();
        looks(3);
        for (int i = 0; i < 20; i++) {
            feed.found(true);
        }
        scheduler.queues[1].mounts("blocks, or waits for a processor");
        scheduler.queues[3].mounts("the same");
        for (int i = 0; i < 12; i++) {
            loop.look(settings, now += MILLI);
        }
        assertEquals(2, scheduler.parallelism);
        assertEquals(0, totals.figures().captureCount());
        looks(40);
        assertEquals(4, scheduler.parallelism, "no processor for so long is rare");
        assertEquals(2, totals.figures().captureCount());
    }

    @Test
    void where_most_captures_are_real_ones_a_thread_that_waits_for_a_processor_changes_nothing() {
        now = System.nanoTime();
        looks(3);
        for (int i = 0; i < 20; i++) {
            feed.found(i % 3 == 0);
        }
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("blocks");
        looks(9);
        assertEquals(4, scheduler.parallelism);
        assertEquals(2, totals.figures().captureCount());
    }

    @Test
    void computations_shorter_than_a_slice_are_never_captures() {
        for (int i = 0; i < 100; i++) {
            scheduler.queues[1].computes = true;
            scheduler.queues[3].computes = true;
            scheduler.queues[1].mounts("request " + i);
            scheduler.queues[3].mounts("another " + i);
            scheduler.queues[0].top += 2;
            scheduler.queues[0].base += 2;
            for (int look = 0; look < 5; look++) {
                scheduler.passes(MILLI);
                loop.look(settings, now += MILLI);
            }
            assertTrue(i < 5 || scheduler.parallelism == 2, () -> scheduler.parallelism + " carriers");
        }
        assertEquals(0, totals.figures().captureCount());
    }

    @Test
    void carriers_that_block_are_told_from_those_that_compute() {
        computations_shorter_than_a_slice_are_never_captures();
        scheduler.queues[1].computes = false;
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("computes");
        scheduler.queues[0].top++;
        looks(6);
        assertEquals(3, scheduler.parallelism);
    }

    @Test
    void a_burst_gets_its_carriers_in_a_few_looks() {
        looks(3);
        scheduler.queues[0].top = 60;
        int running = 0;
        int looks = 0;
        while (running < 60 && looks < 100) {
            for (; running < 60 && running < scheduler.parallelism; running++) {
                scheduler.queues[running + 1].mounts("blocks");
                scheduler.queues[0].base++;
            }
            looks(1);
            looks++;
        }
        assertEquals(60, running);
        int needed = looks;
        assertTrue(needed < 25, () -> needed + " looks");
    }

    @Test
    void a_failed_start_is_survived_and_not_repeated_at_once() {
        scheduler.startFails = new OutOfMemoryError("unable to create native thread");
        scheduler.queues[0].top = 100;
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("blocks");
        looks(100);
        assertTrue(scheduler.signals >= 1 && scheduler.signals < 5, () -> scheduler.signals + " signals");
        assertEquals(2, scheduler.parallelism, "submitters would fail, too");
        scheduler.startFails = null;
        looks(5_000);
        assertEquals(4, scheduler.parallelism);
    }

    @Test
    void while_all_carriers_rest_it_does_not_look_at_them() {
        looks(3);
        scheduler.activity = 17;
        looks(1);
        int before = scheduler.looks;
        looks(100);
        assertEquals(before, scheduler.looks);
        scheduler.activity = 18;
        looks(1);
        assertTrue(scheduler.looks > before);
    }

    /** As where a task came to a queue while another one was being taken from it, so that nobody was woken. */
    @Test
    void a_task_that_no_carrier_was_woken_for_is_seen_while_all_rest() {
        scheduler.activity = 17;
        looks(100);
        assertEquals(0, scheduler.signals);
        scheduler.queues[0].top++;
        looks(5);
        assertTrue(scheduler.signals > 0);
    }

    @Test
    void nothing_of_the_application_is_kept_when_it_is_switched_off() {
        a_carrier_that_blocks_is_replaced();
        settings = new GuardSettings(GuardMode.OFF, MILLI, 1024);
        loop.look(settings, now += MILLI);
        settings = new GuardSettings(GuardMode.ON, MILLI, 1024);
        looks(10);
        assertEquals(4, totals.figures().captureCount(), "they are found anew");
    }

    private void capture(int carriers) {
        looks(3);
        scheduler.queues[0].top = 100;
        for (int i = 0; i < carriers; i++) {
            scheduler.queues[2 * i + 1].mounts("blocks");
        }
        looks(20);
    }

    /** Three tasks wait while both carriers are captured, and nothing is lent. */
    private void watchStarvation() {
        settings = new GuardSettings(GuardMode.WATCH, MILLI, 1024);
        looks(3);
        scheduler.queues[0].top = 3;
        scheduler.queues[1].mounts("blocks");
        scheduler.queues[3].mounts("blocks");
        looks(30);
    }

    /** So many looks, each as late after the one before as the guard means to be. */
    private void looks(int count) {
        for (int i = 0; i < count; i++) {
            long tick = Math.min(loop.tick(), 10 * MILLI);
            now += tick;
            scheduler.passes(tick);
            loop.look(settings, now);
        }
    }
}
