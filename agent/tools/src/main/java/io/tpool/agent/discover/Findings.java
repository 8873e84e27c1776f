// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.guard.CaptureKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an analysis found, ready to be printed.
 *
 * @param jvm what the application ran on
 * @param assumed what the recording does not say and the figures rest on; null if it says all
 * @param feature its feature release
 * @param carriers how many carriers it had
 * @param start when the recording began, nanoseconds since the epoch
 * @param elapsed how long it is, nanoseconds
 * @param rows the methods that captured carriers, most time first
 * @param starved nanoseconds in which all carriers were captured
 * @param outages the longest of those times
 * @param timeLine nanoseconds that each row held carriers, slot by slot
 * @param slot nanoseconds of a slot
 * @param moved nanoseconds in methods that the agent moves already
 * @param mostCarriers the most carriers seen at once, those that the JDK or the guard had lent as well
 * @param guarded whether the guard is there; then {@code starved} is what it measured
 * @param looked whether the carriers were looked at beside the recording
 * @param counts what all of this rests on
 * @param flames all captured time by stack
 * @param guardFlames the captures that the guard measured, by stack; empty without the guard
 * @param complete whether the recording was read to its end
 */
record Findings(String jvm, String assumed, int feature, int carriers, long start, long elapsed, List<Finding> rows,
    long starved,
        List<CarrierTime.Outage> outages, Map<Finding, long[]> timeLine, long slot, long moved, int mostCarriers,
        boolean guarded, boolean looked, Analysis.Counts counts, FlameGraph flames, FlameGraph guardFlames,
        boolean complete) {

    private static final long LONG_STRETCH = 100_000_000;
    private static final long LONG_AMONG_SHORT = 1_000_000_000;
    private static final double SMALL_SHARE = 0.005;
    private static final double MUCH_AROUND = 0.25;
    private static final double OFTEN = 0.2;

    static Findings of(Environment environment, Collection<Finding> all, CarrierTime time, Analysis.Counts counts,
        long start, long elapsed, long moved, long guardStarved, FlameGraph flames, FlameGraph guardFlames,
        boolean complete) {
        List<Finding> rows = new ArrayList<>(all);
        rows.sort(Comparator.comparingLong(Finding::captured).reversed().thenComparing(row -> row.captor.id()));
        double total = Math.max(1, (double) elapsed * environment.carriers());
        for (Finding row : rows) {
            row.judge(verdict(row, total));
        }
        for (Finding row : rows) {
            if (row.reason() == Reason.LOOPS && rows.stream().anyMatch(row::isBesideALongCall)) {
                row.judge(Reason.TOO_SHORT);
            }
        }
        for (Finding row : rows) {
            if (row.line() != null && row.isStaying(environment.moved())) {
                row.judge(Reason.STAYS);
            }
        }
        for (Finding row : rows) {
            if (row.line() != null) {
                rows.forEach(row::coverBy);
            }
        }
        return new Findings(environment.description(), environment.assumed(), environment.feature(),
            environment.carriers(), start, elapsed, rows,
            environment.isGuarded() ? guardStarved : time.starved(), environment.isGuarded() ? List.of()
            : time.outages(), copy(time.line()), time.width(),
            moved, environment.mostCarriers(), environment.isGuarded(), environment.isLookedAt(), counts, flames,
            guardFlames, complete);
    }

    /**
     * Says whether the line that the stacks alone advise is worth it. A native method that its caller calls again and
     * again captures nothing: what loops around it does. That many samples in a row are in the native does not tell one
     * long call from many short ones, unless they are far more than chance allows.
     */
    private static Reason verdict(Finding row, double total) {
        if (!row.advised().isListed()) {
            return row.advised();
        }
        boolean little = row.captured() < SMALL_SHARE * total;
        boolean many = row.kind == CaptureKind.NATIVE
            && (row.around() > MUCH_AROUND * row.captured() || row.returns() > OFTEN);
        if (many && row.longest() < (little ? LONG_STRETCH : LONG_AMONG_SHORT)) {
            return row.loop() == null || little ? Reason.TOO_SHORT : Reason.LOOPS;
        }
        // Where a computation is rare, one thread ran long by chance, and the methods around it are anybody's.
        boolean rare = row.longest() < LONG_STRETCH || row.kind == CaptureKind.COMPUTING;
        return little && rare ? Reason.TOO_LITTLE : row.advised();
    }

    private static Map<Finding, long[]> copy(Map<Finding, long[]> line) {
        Map<Finding, long[]> copy = new LinkedHashMap<>();
        line.forEach((row, slots) -> copy.put(row, slots.clone()));
        return copy;
    }

    long captured() {
        long sum = 0;
        for (Finding row : rows) {
            sum += row.captured();
        }
        return sum;
    }

    /** Returns the share of all carrier time, 0 to 1. */
    double share(long nanos) {
        return elapsed == 0 ? 0 : Math.min(1, nanos / ((double) elapsed * carriers));
    }

    /** Returns the rows of each line to list, the line with the most time first. */
    Map<String, List<Finding>> lines() {
        Map<String, List<Finding>> lines = new LinkedHashMap<>();
        for (Finding row : rows) {
            if (row.line() != null) {
                lines.computeIfAbsent(row.line(), none -> new ArrayList<>()).add(row);
            }
        }
        return lines;
    }
}
