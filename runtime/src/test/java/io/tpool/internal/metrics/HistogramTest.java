// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final double BOUND = 1.0 / 32;
    private static final long LAST = 1L << 42;
    private final Random random = new Random(42);

    @Test
    void percentiles_of_even_durations_are_within_the_bound_of_the_exact_ones() {
        check(() -> random.nextLong(1_000_000_000));
    }

    @Test
    void percentiles_of_durations_over_many_orders_of_magnitude_are_within_the_bound_of_the_exact_ones() {
        check(() -> (long) Math.exp(random.nextDouble() * Math.log(LAST)));
    }

    @Test
    void percentiles_of_two_clusters_are_within_the_bound_of_the_exact_ones() {
        check(() -> random.nextInt(100) < 97 ? 20_000 + random.nextInt(500) : 5_000_000_000L + random.nextInt(1_000));
    }

    @Test
    void every_duration_is_within_the_bound_of_the_middle_of_its_bucket() {
        for (long nanos = 0; nanos < 1 << 16; nanos++) {
            assertNear(nanos, Histogram.middle(Histogram.bucket(nanos)));
        }
        for (int octave = 16; octave < 42; octave++) {
            for (long nanos
                    : new long[] {1L << octave, (1L << octave) + 1, (1L << octave) - 1, (1L << octave)
                    + (1L << octave - 1) - 1}) {
                assertNear(nanos, Histogram.middle(Histogram.bucket(nanos)));
            }
        }
    }

    @Test
    void buckets_follow_each_other_without_a_gap() {
        int last = 0;
        for (long nanos = 0; nanos < 1 << 20; nanos++) {
            int bucket = Histogram.bucket(nanos);
            assertTrue(bucket == last || bucket == last + 1, nanos + " ns");
            last = bucket;
        }
    }

    @Test
    void what_is_below_zero_counts_as_zero_and_what_is_too_long_shares_the_last_bucket() {
        assertEquals(0, Histogram.bucket(-1));
        assertEquals(0, Histogram.bucket(Long.MIN_VALUE));
        assertEquals(Histogram.bucket(LAST - 1), Histogram.bucket(LAST));
        assertEquals(Histogram.bucket(LAST - 1), Histogram.bucket(Long.MAX_VALUE));
    }

    @Test
    void an_empty_one_has_no_percentiles() {
        Histogram.Snapshot snapshot = snapshot(new Histogram());
        assertEquals(0, snapshot.total());
        assertEquals(0, snapshot.percentile(0.5));
        assertEquals(0, snapshot.percentile(1));
    }

    @Test
    void the_only_duration_is_every_percentile() {
        Histogram histogram = new Histogram();
        histogram.record(1_000_000, 0);
        for (double share : new double[] {Double.MIN_VALUE, 0.01, 0.5, 0.99, 1}) {
            assertNear(1_000_000, snapshot(histogram).percentile(share));
        }
    }

    @Test
    void nothing_is_lost_that_many_threads_record_at_once() throws InterruptedException {
        Histogram histogram = new Histogram();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int stripe = i % 3;   // shared with others
            threads.add(Thread.ofPlatform().start(() -> {
                for (int nanos = 0; nanos < 100_000; nanos++) {
                    histogram.record(nanos, stripe);
                }
            }));
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
        assertEquals(800_000, snapshot(histogram).total());
        assertNear(50_000, snapshot(histogram).percentile(0.5));
    }

    @Test
    void a_stripe_may_be_any_number() {
        Histogram histogram = new Histogram();
        for (int stripe : new int[] {Integer.MIN_VALUE, -1, 0, 17, Integer.MAX_VALUE}) {
            histogram.record(5, stripe);
        }
        assertEquals(5, snapshot(histogram).total());
    }

    @Test
    void several_histograms_add_up() {
        Histogram short1 = new Histogram();
        Histogram long1 = new Histogram();
        short1.record(10, 0);
        long1.record(1_000_000, 0);
        Histogram.Snapshot both = new Histogram.Snapshot();
        both.add(short1);
        both.add(long1);
        assertEquals(2, both.total());
        assertNear(10, both.percentile(0.5));
        assertNear(1_000_000, both.percentile(1));
    }

    private void check(LongSupplier durations) {
        Histogram histogram = new Histogram();
        long[] exact = new long[20_000];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = durations.getAsLong();
            histogram.record(exact[i], i);
        }
        Arrays.sort(exact);
        Histogram.Snapshot snapshot = snapshot(histogram);
        assertEquals(exact.length, snapshot.total());
        for (double share : new double[] {0.0001, 0.01, 0.1, 0.5, 0.9, 0.97, 0.99, 0.999, 0.9999, 1}) {
            assertNear(exact[Math.max(0, (int) Math.ceil(share * exact.length) - 1)], snapshot.percentile(share));
        }
    }

    private static Histogram.Snapshot snapshot(Histogram histogram) {
        Histogram.Snapshot snapshot = new Histogram.Snapshot();
        snapshot.add(histogram);
        return snapshot;
    }

    private static void assertNear(long exact, long measured) {
        assertTrue(Math.abs(measured - exact) <= exact * BOUND, () -> measured + " instead of " + exact);
    }
}
