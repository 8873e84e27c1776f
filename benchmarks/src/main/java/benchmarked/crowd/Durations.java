// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long many calls took, told by any number of threads. Takes no lock and allocates nothing; percentiles are exact
 * to about three parts in a hundred, the mean is exact.
 *
 * @since 1.0
 */
public final class Durations {
    /** Values below 2^5 have a bucket each; above, each power of two has 2^5 buckets. */
    private static final int BITS = 5;
    private static final int PER_POWER = 1 << BITS;

    private final AtomicLongArray buckets = new AtomicLongArray(Long.SIZE << BITS);
    private final LongAdder nanos = new LongAdder();

    /** Makes one that has seen nothing. */
    public Durations() {
    }

    /**
     * Adds one.
     *
     * @param took nanoseconds; less than 0 counts as 0
     */
    public void add(long took) {
        long value = Math.max(0, took);
        buckets.incrementAndGet(bucket(value));
        nanos.add(value);
    }

    /** Forgets everything. */
    public void reset() {
        for (int i = 0; i < buckets.length(); i++) {
            buckets.set(i, 0);
        }
        nanos.reset();
    }

    /**
     * The value that a share of all does not exceed.
     *
     * @param share 0 to 1
     * @return nanoseconds; 0 if there is none
     */
    public long percentile(double share) {
        long left = Math.max(1, (long) Math.ceil(share * count()));
        for (int i = 0; i < buckets.length(); i++) {
            left -= buckets.get(i);
            if (left <= 0) {
                return middle(i);
            }
        }
        return 0;
    }

    /**
     * The mean of all.
     *
     * @return nanoseconds; 0 if there is none
     */
    public double mean() {
        return (double) nanos.sum() / Math.max(1, count());
    }

    private long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    private static int bucket(long value) {
        if (value < PER_POWER) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS;
        return (shift + 1 << BITS) + (int) (value >>> shift) - PER_POWER;
    }

    private static long middle(int bucket) {
        if (bucket < PER_POWER) {
            return bucket;
        }
        int shift = (bucket >> BITS) - 1;
        long least = (long) (PER_POWER + (bucket & PER_POWER - 1)) << shift;
        return least + (1L << shift >> 1);
    }
}
