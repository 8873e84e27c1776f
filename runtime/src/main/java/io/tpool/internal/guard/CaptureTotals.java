// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * The guard's counts. Written by the thread that looks alone, read by anybody. They only go up; {@link #reset}
 * remembers where they stood, under its own lock, which the thread that looks never takes. It also says when that was,
 * for the thread that looks to leave out what had begun before. The greatest values begin anew with a reset; one that
 * is written in that very moment may survive it, which harms nobody.
 */
final class CaptureTotals {
    private volatile long captures;
    private volatile long capturedNanos;
    private volatile long starvations;
    private volatile long starvedNanos;
    private volatile long longestStarved;
    private volatile int captured;
    private volatile int largestLent;
    private volatile int parallelism;
    private volatile int lent;
    /** Everything comes later at first. */
    private volatile long resetAt = System.nanoTime() - Long.MAX_VALUE / 2;

    private long capturesBefore;
    private long capturedNanosBefore;
    private long starvationsBefore;
    private long starvedNanosBefore;

    // By the thread that looks.
    private long looksCaptures;
    private long looksCapturedNanos;

    /** A capture that began before the last reset has been forgotten; its time counts from then on. */
    void begun(long start, long age) {
        looksCaptures += start - resetAt >= 0 ? 1 : 0;
        looksCapturedNanos += age;
    }

    void goesOn(long nanos) {
        looksCapturedNanos += nanos;
    }

    /** Publishes what one look has found; writes only what has changed. */
    void publish(int user, int lentNow, int capturedNow) {
        if (captures != looksCaptures) {
            captures = looksCaptures;
        }
        if (capturedNanos != looksCapturedNanos) {
            capturedNanos = looksCapturedNanos;
        }
        if (captured != capturedNow) {
            captured = capturedNow;
        }
        if (parallelism != user) {
            parallelism = user;
        }
        if (lent != lentNow) {
            lent = lentNow;
            if (lentNow > largestLent) {
                largestLent = lentNow;
            }
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void starved(long nanos) {
        starvations = starvations + 1;
        starvedNanos = starvedNanos + nanos;
        if (nanos > longestStarved) {
            longestStarved = nanos;
        }
    }

    synchronized GuardFigures figures() {
        return new GuardFigures(parallelism, captured, lent, Math.max(largestLent, lent), captures - capturesBefore,
                (capturedNanos - capturedNanosBefore) / 1_000_000, starvations - starvationsBefore,
                (starvedNanos - starvedNanosBefore) / 1_000_000, longestStarved / 1_000_000);
    }

    synchronized void reset(long now) {
        resetAt = now;
        capturesBefore = captures;
        capturedNanosBefore = capturedNanos;
        starvationsBefore = starvations;
        starvedNanosBefore = starvedNanos;
        longestStarved = 0;
        largestLent = 0;
    }
}
