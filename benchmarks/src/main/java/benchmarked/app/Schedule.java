// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

/**
 * When requests come that know nothing of each other (a Poisson process): the same for the same seed, here and in the
 * Go program. SplitMix64.
 *
 * @since 1.0
 */
final class Schedule {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FIRST_FACTOR = 0xBF58476D1CE4E5B9L;
    private static final long SECOND_FACTOR = 0x94D049BB133111EBL;
    private static final int FRACTION_SHIFT = 11;
    private static final double FRACTION = 0x1p-53;

    private final long meanNanos;
    private long state;

    Schedule(long seed, long meanNanos) {
        state = seed;
        this.meanNanos = meanNanos;
    }

    /** Nanoseconds until the next request. */
    long next() {
        state += GAMMA;
        long z = (state ^ state >>> 30) * FIRST_FACTOR;
        z = (z ^ z >>> 27) * SECOND_FACTOR;
        z ^= z >>> 31;
        double uniform = ((z >>> FRACTION_SHIFT) + 1) * FRACTION;
        return (long) (-Math.log(uniform) * meanNanos);
    }
}
