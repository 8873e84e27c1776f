// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * Tells how much of the time between two looks is evidence. A garbage collection, a stopped process, a debugger
 * or a used-up CPU quota holds up the guard as well as the carriers. So a look that comes late counts for little:
 * one late look alone never makes a capture, and on a machine that makes every look late a capture is seen all
 * the same, some looks later.
 *
 * <p>Confined to the thread that looks.
 */
final class LookClock {
    /** A pause longer than this is no scheduling delay of a busy machine; it is taken out of all durations. */
    static final long STANDSTILL_NANOS = 50_000_000;
    private static final long SLACK_NANOS = 1_000_000;
    private static final int LATE_SHARE = 4;

    private long last;
    private long paused;
    private long lateBy;
    private boolean started;
    private boolean late;

    /**
     * Takes a look.
     *
     * @param now the time
     * @param expected how long the guard meant to sleep
     * @param patience what makes a capture
     * @return nanoseconds of evidence that a carrier that has not moved since the last look is held
     */
    long look(long now, long expected, long patience) {
        long elapsed = now - last;
        lateBy = 0;
        last = now;
        if (!started) {
            started = true;
            late = true;
            return 0;
        }
        late = elapsed > expected + Math.max(SLACK_NANOS, expected >> 1);
        if (!late) {
            return elapsed;
        }
        lateBy = elapsed - expected;
        if (elapsed - expected > STANDSTILL_NANOS) {
            paused += elapsed - expected;
        }
        return Math.min(expected, patience) / LATE_SHARE;
    }

    /** Makes the next look the first one: nothing is known of the time before. */
    void restart() {
        started = false;
    }

    /** True if the last look came late. */
    boolean isLate() {
        return late;
    }

    /** By how much the last look came late; 0 if it was on time. */
    long lateBy() {
        return lateBy;
    }

    /** The time of the last look, without the times in which everything stood still. */
    long active() {
        return last - paused;
    }

    /** What {@link #active} lacks: to be added to have a {@link System#nanoTime}. */
    long paused() {
        return paused;
    }

    /** True where a time that grows passes a unit, two of them, four and so on. */
    static boolean doubles(long before, long now, long unit) {
        return Long.highestOneBit(now / unit) != Long.highestOneBit(before / unit);
    }
}
