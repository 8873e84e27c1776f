// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import java.util.Arrays;

/**
 * By how much a bystander that wants to run every few milliseconds is late. Who is late by ten periods has missed ten
 * runs, each by a period less than the one before: they count as well, so a share of the delays is a share of the time.
 * (Gil Tene's correction for coordinated omission.)
 *
 * @since 1.0
 */
public final class Delays {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int periodMillis;
    private final long periodNanos;
    private long[] delays = new long[1 << 12];
    private int count;
    private long last;
    private volatile boolean done;

    /**
     * Makes one that has seen nothing.
     *
     * @param periodMillis how often the bystander wants to run
     */
    public Delays(int periodMillis) {
        this(periodMillis, System.nanoTime());
    }

    Delays(int periodMillis, long now) {
        this.periodMillis = periodMillis;
        periodNanos = periodMillis * NANOS_PER_MILLI;
        last = now;
    }

    /**
     * How often the bystander wants to run.
     *
     * @return milliseconds
     */
    public int periodMillis() {
        return periodMillis;
    }

    /** The life of a bystander that is a thread. */
    void tick() {
        try {
            while (!done) {
                Thread.sleep(periodMillis);
                ticked();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a bystander", e);
        }
    }

    /** The bystander is there. */
    void ticked() {
        ticked(System.nanoTime());
    }

    synchronized void ticked(long now) {
        add(now - last - periodNanos);
        last = now;
    }

    private void add(long delay) {
        for (long nanos = Math.max(0, delay); nanos >= 0; nanos -= periodNanos) {
            if (count == delays.length) {
                delays = Arrays.copyOf(delays, 2 * count);
            }
            delays[count++] = nanos;
        }
    }

    /** Forgets everything; the next delay counts from now. */
    public synchronized void reset() {
        count = 0;
        last = System.nanoTime();
    }

    /**
     * Takes the present moment for a tick, closes the books and sorts them.
     *
     * @return what was seen since {@link #reset}, in nanoseconds, ascending
     */
    public long[] sorted() {
        return sorted(System.nanoTime());
    }

    synchronized long[] sorted(long now) {
        ticked(now);
        long[] sorted = Arrays.copyOf(delays, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * Takes the present moment for a tick, and closes the books.
     *
     * @return the longest time between two ticks since {@link #reset}, in nanoseconds
     */
    public long worstGap() {
        long[] sorted = sorted();
        return sorted[sorted.length - 1] + periodNanos;
    }

    /**
     * The value that a share of all does not exceed.
     *
     * @param sorted ascending, not empty
     * @param share 0 to 1
     * @return one of them
     */
    public static long percentile(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)];
    }

    /** Whether the bystander may end. */
    boolean done() {
        return done;
    }

    /** Lets the bystander end. */
    public void end() {
        done = true;
    }
}
