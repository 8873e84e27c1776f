// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The carriers over time: how many were captured, by what, and when all of them were.
 *
 * <p>Time is kept twice. A ring of fine slots, one sampling period each, holds the last minute or so, while threads may
 * still add to it; a slot that falls out of it is judged: all carriers captured, or not. Where more are captured than
 * the scheduler has of its own, some are lent, and nothing is said of that slot; nor does time count for which the JDK
 * lends a carrier by itself. The coarse line of the whole recording has a fixed number of slots that grow.
 */
final class CarrierTime {

    private static final int RING = 4096;
    private static final int SLOTS = 960;
    private static final int MOST_OUTAGES = 20;
    /** Samples miss a thread now and then: this much of one carrier may be missing from "all". */
    private static final double TOLERANCE = 0.35;

    private final Environment environment;
    private final List<Map<Finding, long[]>> ring = new ArrayList<>();
    private final Map<Finding, long[]> line = new LinkedHashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final long slot;

    private long origin = Long.MIN_VALUE;
    private long judged;
    private long newest;
    private long width;
    private long starved;
    private Outage open;

    CarrierTime(Environment environment) {
        this.environment = environment;
        slot = environment.nativePeriod();
        width = slot;
        for (int i = 0; i < RING; i++) {
            ring.add(new HashMap<>(4));
        }
    }

    /** A time in which all carriers were captured. Mutable until it is over. */
    static final class Outage {
        final long start;
        long end;
        final Map<Finding, long[]> by = new HashMap<>();

        Outage(long start) {
            this.start = start;
        }

        long length() {
            return end - start;
        }

        /** Returns what captured the most, first. */
        List<Finding> culprits() {
            return by.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Finding, long[]> each) -> -each.getValue()[0]))
                .map(Map.Entry::getKey).toList();
        }
    }

    /** Sets where the line begins, before anything is added. */
    void begin(long time) {
        if (origin == Long.MIN_VALUE) {
            origin = time;
        }
    }

    /** Adds that a row held one carrier from one time to another. */
    void add(Finding row, long from, long to) {
        begin(from);
        long start = Math.max(from, origin) - origin;
        long end = to - origin;
        if (end <= start) {
            return;
        }
        addToLine(row, start, end);
        if (row.advised() == Reason.JDK_LENDS) {
            return;
        }
        for (long index = start / slot; index * slot < end; index++) {
            if (index < judged) {
                continue;
            }
            while (index >= judged + RING) {
                judge();
            }
            long part = Math.min(end, (index + 1) * slot) - Math.max(start, index * slot);
            ring.get((int) (index % RING)).computeIfAbsent(row, none -> new long[1])[0] += part;
            newest = Math.max(newest, index);
        }
    }

    private void addToLine(Finding row, long start, long end) {
        while (end >= width * SLOTS) {
            for (long[] slots : line.values()) {
                for (int i = 0; i < SLOTS / 2; i++) {
                    slots[i] = slots[2 * i] + slots[2 * i + 1];
                }
                Arrays.fill(slots, SLOTS / 2, SLOTS, 0);
            }
            width *= 2;
        }
        long[] slots = line.computeIfAbsent(row, none -> new long[SLOTS]);
        for (int i = (int) (start / width); i * width < end; i++) {
            slots[i] += Math.min(end, (i + 1) * width) - Math.max(start, i * width);
        }
    }

    private void judge() {
        Map<Finding, long[]> cell = ring.get((int) (judged % RING));
        long covered = 0;
        for (long[] each : cell.values()) {
            covered += each[0];
        }
        environment.seenCarriers((int) Math.floor((double) covered / slot + TOLERANCE));
        boolean lent = covered > (environment.carriers() + 1 - TOLERANCE) * slot;
        if (!lent && covered >= (environment.carriers() - TOLERANCE) * slot) {
            starved += slot;
            if (open == null) {
                open = new Outage(origin + judged * slot);
            }
            open.end = origin + (judged + 1) * slot;
            cell.forEach((row, time) -> open.by.computeIfAbsent(row, none -> new long[1])[0] += time[0]);
        } else if (open != null) {
            outages.add(open);
            open = null;
            if (outages.size() > 4 * MOST_OUTAGES) {
                keepLongest();
            }
        }
        cell.clear();
        judged++;
    }

    private void keepLongest() {
        outages.sort(Comparator.comparingLong(Outage::length).reversed());
        outages.subList(Math.min(MOST_OUTAGES, outages.size()), outages.size()).clear();
    }

    /** Judges all that is still open. */
    void finish() {
        while (judged <= newest) {
            judge();
        }
        if (open != null) {
            outages.add(open);
            open = null;
        }
        keepLongest();
    }

    long starved() {
        return starved;
    }

    /** Returns the outages, the longest first. */
    List<Outage> outages() {
        return List.copyOf(outages);
    }

    /** Returns the nanoseconds of a slot of the line. */
    long width() {
        return width;
    }

    /** Returns the time that each row held carriers, slot by slot. */
    Map<Finding, long[]> line() {
        return line;
    }
}
