// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

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
        List<Row> rows = new ArrayList<>();
        int leftOut = 0;
        for (Map.Entry<String, List<Row>> group : groups(snapshot).entrySet()) {
            if (all || group.getValue().stream().anyMatch(row -> isCalled(row, snapshot))) {
                rows.add(byPattern ? total(group.getKey(), group.getValue()) : group.getValue().get(0));
            } else {
                leftOut++;
            }
        }
        return new Snapshot(snapshot.pid(), snapshot.version(), snapshot.summary(), snapshot.enabled(),
            snapshot.guard(), snapshot.captures(), snapshot.pools(), rows, snapshot.patterns(), snapshot.running(),
            leftOut, snapshot.nanos());
    }

    /**
     * Calls are counted when they end: those that run show in the pools' threads, and one that waits politely off its
     * pool thread does not.
     */
    private static boolean isCalled(Row row, Snapshot snapshot) {
        return Snapshot.calls(row) > 0 || row.number("failed") > 0
            || snapshot.running().contains(row.text("method"));
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
    private Map<String, List<Row>> groups(Snapshot snapshot) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : snapshot.methods()) {
            String method = row.text("method");
            String group = byPattern ? snapshot.patterns().getOrDefault(method, method) : method;
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    private static Row total(String pattern, List<Row> rows) {
        Map<String, Object> sum = new LinkedHashMap<>();
        Columns.METHODS.forEach(column -> sum.put(column.name(), sum(column.name(), rows)));
        sum.put("method", rows.size() == 1 ? pattern : pattern + " (" + rows.size() + " methods)");
        long stay = rows.stream().filter(Snapshot::stays).count();
        if (stay > 0 && rows.size() > 1) {
            sum.put("reason", "the calls of " + stay + " of " + rows.size() + " methods stay");
        }
        return new Row(sum);
    }

    /** Counts are added up, of durations the longest is taken, of texts the one that all rows have. */
    private static Object sum(String column, List<Row> rows) {
        if (rows.get(0).get(column) instanceof String) {
            List<String> texts = rows.stream().map(row -> row.text(column)).distinct().toList();
            return texts.size() == 1 ? texts.get(0) : "various";
        }
        LongStream numbers = rows.stream().mapToLong(row -> row.number(column));
        return column.endsWith("Micros") || column.endsWith("Millis") ? numbers.max().getAsLong() : numbers.sum();
    }
}
