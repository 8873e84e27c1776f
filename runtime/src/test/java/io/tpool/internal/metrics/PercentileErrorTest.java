// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Percentiles beside those of the sorted durations themselves. */
class PercentileErrorTest {
    /** What the class states. */
    private static final double BOUND = 1.0 / 32;
    private static final int DURATIONS = 50_000;

    record Distribution(String name, LongSupplier next) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Distribution> distributions() {
        Random random = new Random(1);
        return Stream.of(
            new Distribution("up to 15 ns", () -> random.nextInt(16)),
            new Distribution("microseconds", () -> 1_000 + random.nextInt(20_000)),
            new Distribution("exponential, 5 ms", () -> (long) (-Math.log(1 - random.nextDouble()) * 5e6)),
            new Distribution("of every magnitude to an hour", () -> (long) Math.pow(10, random.nextDouble() * 12.5)),
            new Distribution("powers of two and their neighbours", () -> (1L << 4 + random.nextInt(37))
            + random.nextInt(3) - 1),
            new Distribution("nearly all alike, few very long", () -> random.nextInt(100) == 0 ? 30_000_000_000L
            : 100_000));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void percentilesAreWithinTheStatedError(Distribution distribution) {
        long[] durations = LongStream.generate(distribution.next()).limit(DURATIONS).toArray();
        Histogram histogram = new Histogram();
        for (int i = 0; i < durations.length; i++) {
            histogram.record(durations[i], i);
        }
        Arrays.sort(durations);
        Histogram.Snapshot snapshot = new Histogram.Snapshot();
        snapshot.add(histogram);
        assertEquals(DURATIONS, snapshot.total());
        for (double share : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = durations[(int) Math.ceil(share * DURATIONS) - 1];
            long stated = snapshot.percentile(share);
            assertTrue(Math.abs(stated - exact) <= exact * BOUND, () -> share + ": " + stated + " for " + exact);
        }
    }

    @Test
    void nothingIsLostUnderManyThreads() throws InterruptedException {
        Histogram histogram = new Histogram();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            int stripe = i;
            threads[i] = Thread.ofPlatform().start(() -> {
                for (int k = 0; k < DURATIONS; k++) {
                    histogram.record(k, stripe);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Histogram.Snapshot snapshot = new Histogram.Snapshot();
        snapshot.add(histogram);
        assertEquals((long) threads.length * DURATIONS, snapshot.total());
    }

    @Test
    void ofNothingEveryPercentileIsNought() {
        assertEquals(0, new Histogram.Snapshot().percentile(0.99));
    }
}
