// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A log-linear histogram of durations: each power of two of nanoseconds is divided into {@value #PARTS} equal buckets,
 * as in HdrHistogram. A percentile is the middle of its bucket, so it is at most 1/{@value #ERROR_DIVISOR} (3.2 %) away
 * from the exact value; below {@value #PARTS} ns it is exact. Durations from 2^{@value #OCTAVES} ns (over an hour and a
 * quarter of an hour) on share the last bucket.
 *
 * <p>Recording allocates only when a stripe is used for the first time, takes no lock and loses nothing: the counters
 * of a stripe are added to atomically, and threads of different stripes do not share a cache line.
 *
 * @since 1.0
 */
public final class Histogram {
    private static final int PARTS_BITS = 4;
    private static final int PARTS = 1 << PARTS_BITS;
    /** Read by the text above alone. */
    @SuppressWarnings("unused")
    private static final int ERROR_DIVISOR = 2 * PARTS;
    private static final int OCTAVES = 42;
    private static final int BUCKETS = (OCTAVES - PARTS_BITS + 1) * PARTS;
    private static final int STRIPES = stripes();
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private final AtomicReferenceArray<long[]> stripes = new AtomicReferenceArray<>(STRIPES);

    private static int stripes() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(16, Integer.highestOneBit(Math.max(1, processors * 2 - 1)));
    }

    /** Makes an empty one. */
    public Histogram() {
    }

    /**
     * Adds a duration.
     *
     * @param nanos the duration; below zero counts as zero
     * @param stripe any number; different for threads that record at the same time
     */
    public void record(long nanos, int stripe) {
        int index = stripe & (STRIPES - 1);
        long[] counts = stripes.get(index);
        if (counts == null) {
            counts = new long[BUCKETS];
            if (!stripes.compareAndSet(index, null, counts)) {
                counts = stripes.get(index);
            }
        }
        COUNT.getAndAdd(counts, bucket(nanos), 1L);
    }

    static int bucket(long nanos) {
        if (nanos < PARTS) {
            return nanos < 0 ? 0 : (int) nanos;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos);
        if (octave >= OCTAVES) {
            return BUCKETS - 1;
        }
        int part = (int) (nanos >>> (octave - PARTS_BITS)) & (PARTS - 1);
        return (octave - PARTS_BITS + 1) * PARTS + part;
    }

    /** The middle of a bucket. */
    static long middle(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int octave = bucket / PARTS + PARTS_BITS - 1;
        long width = 1L << (octave - PARTS_BITS);
        return (PARTS + bucket % PARTS) * width + width / 2;
    }

    /** What one or more histograms held at one time. Not for several threads at once. */
    public static final class Snapshot {
        private final long[] counts = new long[BUCKETS];
        private long total;

        /** Makes an empty one. */
        public Snapshot() {
        }

        /**
         * Adds what has been recorded; durations recorded meanwhile may be missing.
         *
         * @param histogram to add, not null
         */
        public void add(Histogram histogram) {
            for (int i = 0; i < STRIPES; i++) {
                long[] stripe = histogram.stripes.get(i);
                for (int bucket = 0; stripe != null && bucket < BUCKETS; bucket++) {
                    long count = (long) COUNT.getOpaque(stripe, bucket);
                    counts[bucket] += count;
                    total += count;
                }
            }
        }

        /**
         * How many durations there are.
         *
         * @return 0 or more
         */
        public long total() {
            return total;
        }

        /**
         * The duration that the given share does not exceed.
         *
         * @param share above 0 up to 1; 0.99 for the 99th percentile
         * @return nanoseconds, 0 if nothing was recorded
         */
        public long percentile(double share) {
            long rank = Math.max(1, (long) Math.ceil(share * total));
            long seen = 0;
            for (int bucket = 0; bucket < counts.length; bucket++) {
                seen += counts[bucket];
                if (seen >= rank) {
                    return middle(bucket);
                }
            }
            return 0;
        }
    }
}
