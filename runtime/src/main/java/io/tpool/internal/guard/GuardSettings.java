// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * What a user can say of the guard.
 *
 * @param mode what it does, not null
 * @param patienceNanos a carrier whose virtual thread blocks for so long without unmounting counts as captured,
 *     nanoseconds, {@value #SHORTEST_PATIENCE_NANOS} to {@value #LONGEST_PATIENCE_NANOS}
 * @param max most carriers lent at once, 1 to {@value #LARGEST_MAX}
 * @since 1.0
 */
public record GuardSettings(GuardMode mode, long patienceNanos, int max) {
    /** The least that the patience may be: below, a look costs more than it saves. */
    public static final long SHORTEST_PATIENCE_NANOS = 100_000;
    /** The most that the patience may be, a minute. */
    public static final long LONGEST_PATIENCE_NANOS = 60_000_000_000L;
    /** The patience where nobody says otherwise, 1 ms. */
    public static final long DEFAULT_PATIENCE_NANOS = 1_000_000;
    /** The most that {@link #max} may be, as many threads as a ForkJoinPool can have. */
    public static final int LARGEST_MAX = 32_767;
    /** Most carriers lent at once, where nobody says otherwise. */
    public static final int DEFAULT_MAX = 1024;

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if one is out of its range, with what would be right
     */
    public GuardSettings {
        checkPatience(patienceNanos);
        checkMax(max);
    }

    static void checkPatience(long nanos) {
        if (nanos < SHORTEST_PATIENCE_NANOS || nanos > LONGEST_PATIENCE_NANOS) {
            throw new IllegalArgumentException("the guard's patience must be 100 us to 1 m, not " + nanos + " ns");
        }
    }

    static void checkMax(int max) {
        if (max < 1 || max > LARGEST_MAX) {
            throw new IllegalArgumentException("the guard's max must be 1 to " + LARGEST_MAX + ", not " + max);
        }
    }
}
