// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the MBeans of a JVM said at one moment. {@link Columns} names the figures of the rows.
 *
 * @param pid of the JVM
 * @param summary what is in force; empty if the agent there is of a version that does not tell
 * @param patterns the pattern of each method, as far as known
 * @param running methods that are being called on pool threads
 * @param leftOut methods without calls that are not among {@code methods}
 * @param guard null if the agent there is of a version that has none
 * @param captures the capturing methods, worst first
 * @param nanos when, as {@link System#nanoTime}
 */
record Snapshot(String pid, String version, String summary, boolean enabled, Row guard, List<Row> captures,
        List<Row> pools, List<Row> methods, Map<String, String> patterns, Set<String> running, int leftOut,
        long nanos) {
    /** Those that captured carriers longest first. */
    static final Comparator<Row> WORST_FIRST = Comparator.comparingLong((Row row) -> row.number("millis")).reversed()
        .thenComparing(Comparator.comparingLong((Row row) -> row.number("count")).reversed())
        .thenComparing(row -> row.text("method"));

    /** What hurts first: what kept a carrier, what failed, what waited long, what was called often. */
    static final Comparator<Row> BY_PAIN = Comparator.comparingLong(Snapshot::stuck).reversed()
        .thenComparing(Comparator.comparingLong((Row row) -> row.number("waitP99Micros")).reversed())
        .thenComparing(Comparator.comparingLong((Row row) -> row.number("offloaded")).reversed())
        .thenComparing(row -> row.text("method"));

    /** The mode, in mode auto with what was learned: {@code auto moves}, {@code auto stays}. */
    static String mode(Row method) {
        String decision = method.text("decision");
        return decision.isEmpty() ? method.text("mode") : method.text("mode") + ' ' + decision;
    }

    /** True if the method's calls stay because they are short. */
    static boolean stays(Row method) {
        return method.text("decision").equals("stays");
    }

    /** Calls that kept their carrier although they were not to. */
    static long stuck(Row method) {
        return method.number("pinned") + (method.text("decision").isEmpty() ? method.number("inPlace") : 0);
    }

    /** All calls by virtual threads that are counted. */
    static long calls(Row method) {
        return method.number("offloaded") + method.number("inPlace") + method.number("pinned");
    }

    /** One object, for {@link io.tpool.agent.command.Json}. */
    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pid", Long.parseLong(pid));
        all.put("version", version);
        all.put("enabled", enabled);
        Map<String, Object> ofGuard = guard == null ? null : Columns.json(Columns.GUARD, guard);
        if (ofGuard != null) {
            ofGuard.put("captures", captures.stream().map(row -> Columns.json(Columns.CAPTURES, row)).toList());
        }
        all.put("guard", ofGuard);
        all.put("pools", pools.stream().map(row -> Columns.json(Columns.POOLS, row)).toList());
        all.put("methods", methods.stream().map(row -> Columns.json(Columns.METHODS, row)).toList());
        return all;
    }
}
