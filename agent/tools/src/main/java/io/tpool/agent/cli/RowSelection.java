// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.management.MethodRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Which rows of methods {@code stats} and {@code top} show.
 *
 * @param all also methods without calls
 * @param byPattern one row for all methods of a pattern
 * @param top at most so many rows
 */
record RowSelection(boolean all, boolean byPattern, int top) {
    static final String ARGUMENTS = "[--all] [--by-pattern] [--top N]";
    static final String HELP = """
            --all         methods without calls, too
            --by-pattern  one row for all methods of a pattern: calls are added up, of durations the longest is shown
            --top N       the first N rows only
        """;
    private static final String TOP = "--top";

    /** Takes the options out of the arguments; null if the value of {@code --top} is no number from 1. */
    static RowSelection of(List<String> arguments) {
        boolean all = arguments.remove("--all");
        boolean byPattern = arguments.remove("--by-pattern");
        int top = Integer.MAX_VALUE;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(TOP) || argument.startsWith(TOP + "=")) {
                arguments.remove(i);
                boolean follows = argument.equals(TOP);
                String value = !follows ? argument.substring(TOP.length() + 1) : i < arguments.size()
                    ? arguments.remove(i) : "";
                if (!value.matches("[1-9][0-9]{0,8}")) {
                    return null;
                }
                top = Integer.parseInt(value);
            }
        }
        return new RowSelection(all, byPattern, top);
    }

    /** The snapshot with the chosen rows, not yet limited to the first ones: their order is the command's. */
    Snapshot of(Snapshot snapshot) {
        List<MethodRow> rows = new ArrayList<>();
        int leftOut = 0;
        for (Map.Entry<String, List<MethodRow>> group : groups(snapshot).entrySet()) {
            if (all || group.getValue().stream().anyMatch(row -> isCalled(row, snapshot))) {
                rows.add(byPattern ? sum(group.getKey(), group.getValue()) : group.getValue().get(0));
            } else {
                leftOut++;
            }
        }
        return new Snapshot(snapshot.pid(), snapshot.version(), snapshot.summary(), snapshot.enabled(),
            snapshot.guard(), snapshot.pools(), rows,
            snapshot.patterns(), snapshot.running(), leftOut, snapshot.nanos());
    }

    /**
     * Calls are counted when they end: those that run show in the pools' threads, and one that waits politely off its
     * pool thread does not.
     */
    private static boolean isCalled(MethodRow row, Snapshot snapshot) {
        return row.calls() > 0 || row.failed() > 0 || snapshot.running().contains(row.method());
    }

    /** The line about what is left out; null if nothing is. */
    String leftOut(Snapshot snapshot) {
        int count = snapshot.leftOut();
        if (count == 0) {
            return null;
        }
        String what = byPattern ? " pattern" : " method";
        return count + what + (count == 1 ? "" : "s") + " without a call that has ended or runs; --all shows "
            + (count == 1 ? "it" : "them");
    }

    <T> List<T> first(List<T> rows) {
        return rows.subList(0, Math.min(top, rows.size()));
    }

    /** By pattern, or one group for each method. */
    private Map<String, List<MethodRow>> groups(Snapshot snapshot) {
        Map<String, List<MethodRow>> groups = new LinkedHashMap<>();
        for (MethodRow row : snapshot.methods()) {
            String group = byPattern ? snapshot.patterns().getOrDefault(row.method(), row.method()) : row.method();
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    private static MethodRow sum(String pattern, List<MethodRow> rows) {
        long stay = rows.stream().filter(Snapshot::stays).count();
        String reason = stay == 0 || rows.size() == 1 ? common(rows, MethodRow::reason)
            : "the calls of " + stay + " of " + rows.size() + " methods stay";
        return new MethodRow(rows.size() == 1 ? pattern
            : pattern + " (" + rows.size() + " methods)", common(rows, MethodRow::pool),
            common(rows, MethodRow::mode), sum(rows, MethodRow::offloaded), sum(rows, MethodRow::inPlace),
            sum(rows, MethodRow::pinned),
            sum(rows, MethodRow::failed), most(rows, MethodRow::waitP50Micros), most(rows, MethodRow::waitP99Micros),
            most(rows, MethodRow::runP50Micros), most(rows, MethodRow::runP99Micros),
            most(rows, MethodRow::runMaxMicros),
            common(rows, MethodRow::decision), reason, most(rows, MethodRow::sinceMillis));
    }

    private static long sum(List<MethodRow> rows, ToLongFunction<MethodRow> column) {
        return rows.stream().mapToLong(column).sum();
    }

    private static long most(List<MethodRow> rows, ToLongFunction<MethodRow> column) {
        return rows.stream().mapToLong(column).max().orElse(0);
    }

    /** What all rows have; {@code various} where they differ. */
    private static String common(List<MethodRow> rows, Function<MethodRow, String> column) {
        List<String> values = rows.stream().map(column).distinct().toList();
        return values.size() == 1 ? values.get(0) : "various";
    }
}
