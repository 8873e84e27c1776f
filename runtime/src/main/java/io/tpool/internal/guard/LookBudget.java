// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * The time that the thread that names may spend on stacks: about one percent of a processor, and five while somebody
 * watches. What is not spent is saved up to {@value #SAVED_NANOS} ns.
 *
 * <p>Some of it need not be earned, so that a method has its name from its first captures on:
 * <ul>
 * <li>the first {@value #CREDIT_NANOS} ns of a JVM, and what the first look costs, which loads classes;
 * <li>a look that found a method for the first time, up to {@value #MOST_NANOS} ns.
 * </ul>
 * That is bounded: there are {@value CaptureLog#MOST_METHODS} methods at most, so it is 120 ms in the life of a JVM
 * besides the classes, and 100 ms more each time that somebody resets the figures.
 *
 * <p>Confined to the thread that names.
 */
final class LookBudget {
    static final long CREDIT_NANOS = 20_000_000;
    static final long SAVED_NANOS = 5_000_000;
    static final long MOST_NANOS = 500_000;
    /** Of this many parts of the time one is spent on stacks. */
    private static final int SHARE = 100;
    /** The same while somebody watches. */
    private static final int WATCHED_SHARE = 20;
    private static final long OVERDRAFT_NANOS = -5_000_000;

    private long left = CREDIT_NANOS;
    private long earnedAt;
    private boolean begun;

    LookBudget(long now) {
        earnedAt = now;
    }

    void earn(long now, boolean watched) {
        long earned = (now - earnedAt) / (watched ? WATCHED_SHARE : SHARE);
        earnedAt = now;
        left = Math.max(left, Math.min(SAVED_NANOS, left + earned));
    }

    /** @param late whether the capture goes on for so long that it is worth a debt */
    boolean isLeft(boolean late) {
        return left > (late ? OVERDRAFT_NANOS : 0);
    }

    /** @param watched true if whoever watches is not to miss the next capture for what this look took */
    void spend(long took, boolean watched) {
        left -= watched || !begun ? Math.min(took, MOST_NANOS) : took;
        begun = true;
    }

    /** The look that took so long has found a method for the first time. */
    void giveBack(long took) {
        left += Math.min(took, MOST_NANOS);
    }
}
