// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

import java.lang.reflect.Field;
import jdk.jfr.Event;

/**
 * Gives an event a time that has passed. JFR's own way is {@code begin()} and {@code end()}, which take the time of
 * their call. They keep the time in the fields {@code startTime} and {@code duration}, which the JVM adds to each
 * class of events, in ticks of a clock of its own. {@code begin()} shows that clock, so that it can be compared with
 * {@link System#nanoTime}.
 *
 * @since 1.0
 */
public final class PastTime {
    private static final int TRIES = 5;

    private final Field startTime;
    private final Field duration;
    /** The first look at both clocks. */
    private final long firstTicks;
    private final long firstNanos;

    private PastTime(Field startTime, Field duration, Event event) throws IllegalAccessException {
        this.startTime = startTime;
        this.duration = duration;
        firstNanos = look(event);
        firstTicks = startTime.getLong(event);
    }

    /**
     * Compares the clocks for the first time. Between this and the first event should lie a millisecond.
     *
     * @param event one of those that are to be set
     * @return null where this JDK keeps the time of an event elsewhere
     */
    public static PastTime of(Event event) {
        try {
            Field start = event.getClass().getDeclaredField("startTime");
            Field length = event.getClass().getDeclaredField("duration");
            start.setAccessible(true);
            length.setAccessible(true);
            return new PastTime(start, length, event);
        } catch (ReflectiveOperationException elsewhere) {
            return null;
        }
    }

    /**
     * Sets the time of an event.
     *
     * @param event one like that of {@link #of}
     * @param start {@link System#nanoTime} at its beginning
     * @param nanos how long it took
     */
    public void set(Event event, long start, long nanos) {
        try {
            long now = look(event);
            long ticks = startTime.getLong(event);
            double rate = (ticks - firstTicks) / (double) Math.max(1, now - firstNanos);
            startTime.setLong(event, ticks - Math.round((now - start) * rate));
            duration.setLong(event, Math.max(1, Math.round(nanos * rate)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Leaves the ticks of now in the event, and returns the nanoseconds of the same moment: of some looks the one
     * least disturbed.
     */
    private long look(Event event) throws IllegalAccessException {
        long shortest = Long.MAX_VALUE;
        long nanos = 0;
        long ticks = 0;
        for (int i = 0; i < TRIES; i++) {
            long before = System.nanoTime();
            event.begin();
            long took = System.nanoTime() - before;
            if (took < shortest) {
                shortest = took;
                nanos = before + took / 2;
                ticks = startTime.getLong(event);
            }
        }
        startTime.setLong(event, ticks);
        return nanos;
    }
}
