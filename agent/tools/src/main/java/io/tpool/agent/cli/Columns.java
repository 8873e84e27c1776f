// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import static io.tpool.agent.cli.Column.Kind.ALARMING;
import static io.tpool.agent.cli.Column.Kind.COUNT;
import static io.tpool.agent.cli.Column.Kind.GUARD_MODE;
import static io.tpool.agent.cli.Column.Kind.IN_PLACE;
import static io.tpool.agent.cli.Column.Kind.METHOD_MODE;
import static io.tpool.agent.cli.Column.Kind.MICROS;
import static io.tpool.agent.cli.Column.Kind.MILLIS;
import static io.tpool.agent.cli.Column.Kind.NUMBER;
import static io.tpool.agent.cli.Column.Kind.REMARKABLE;
import static io.tpool.agent.cli.Column.Kind.TEXT;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of guard, captures, pools and methods. Whatever reads, adds up, prints or draws them goes over these
 * lists: a further attribute is one line here.
 */
final class Columns {
    static final List<Column> GUARD = List.of(
        Column.of("Mode", GUARD_MODE, "GUARD"),
        Column.of("PatienceMicros", MICROS, "PATIENCE").leftOut(2),
        Column.of("Parallelism", NUMBER, "PARALLELISM").leftOut(6),
        Column.of("CapturedCarriers", REMARKABLE, "CAPTURED"),
        Column.of("LentCarriers", REMARKABLE, "LENT"),
        Column.of("LargestLentCarriers", COUNT, "(MOST)").leftOut(4),
        Column.of("Max", COUNT, "MAX").leftOut(1),
        Column.of("CaptureCount", COUNT, "CAPTURES").leftOut(7),
        Column.of("CapturedMillis", MILLIS, "TIME").leftOut(5),
        Column.of("StarvedCount", ALARMING, "STARVED"),
        Column.of("StarvedMillis", MILLIS, "TIME").leftOut(3),
        Column.of("LongestStarvedMillis", MILLIS, "LONGEST").leftOut(8));

    static final List<Column> CAPTURES = List.of(
        Column.of("method", TEXT, "CAPTURED BY"),
        Column.of("how", TEXT, "HOW").leftOut(4).top(4, "HOW", 9),
        Column.of("count", COUNT, "CAPTURES").leftOut(5).top(3),
        Column.of("millis", MILLIS, "TIME"),
        Column.of("longestMillis", MILLIS, "LONGEST").leftOut(3).top(2),
        Column.of("threads", COUNT, "THREADS").leftOut(2),
        Column.of("calledBy", TEXT, "CALLED BY").leftOut(1),
        Column.of("advice", TEXT, "ADVICE").top(6, "ADVICE", 56));

    static final List<Column> POOLS = List.of(
        Column.of("name", TEXT, "POOL"),
        Column.of("Size", NUMBER, "SIZE"),
        Column.of("MaxSize", NUMBER, "MAX").leftOut(5),
        Column.of("ThreadCount", NUMBER, "THREADS").leftOut(3),
        Column.of("LargestThreadCount", NUMBER, "(MOST)").leftOut(2),
        Column.of("ActiveCount", NUMBER, "BUSY"),
        Column.of("QueueDepth", REMARKABLE, "WAITING").top(2),
        Column.of("LargestQueueDepth", COUNT, "(MOST)").leftOut(1),
        Column.of("CompletedCount", COUNT, "COMPLETED").leftOut(7),
        Column.of("RejectedCount", ALARMING, "REJECTED").leftOut(6).top(5),
        Column.of("StallGrowthCount", REMARKABLE, "GROWN").leftOut(4).top(6));

    static final List<Column> METHODS = List.of(
        Column.of("method", TEXT, "METHOD"),
        Column.of("pool", TEXT, "POOL").leftOut(2).top(11, "POOL", 10),
        Column.of("mode", METHOD_MODE, "MODE").leftOut(6).top(10, "MODE", 10),
        Column.of("offloaded", COUNT, "OFFLOADED").top(6),
        Column.of("inPlace", IN_PLACE, "IN PLACE").leftOut(9),
        Column.of("pinned", ALARMING, "PINNED").leftOut(10),
        Column.of("failed", REMARKABLE, "FAILED").leftOut(7).top(7),
        Column.of("waitP50Micros", MICROS, "WAIT p50").leftOut(5),
        Column.of("waitP99Micros", MICROS, "p99").leftOut(4).top(4, "WAIT p99"),
        Column.of("runP50Micros", MICROS, "RUN p50").top(8),
        Column.of("runP99Micros", MICROS, "p99").leftOut(8).top(3, "RUN p99"),
        Column.of("runMaxMicros", MICROS, "MAX").leftOut(3).top(9, "RUN MAX"),
        Column.of("decision", TEXT, ""),
        Column.of("reason", TEXT, "WHY").leftOut(1),
        Column.of("sinceMillis", NUMBER, ""));

    private Columns() {
    }

    /** Those that are attributes of the bean. */
    static String[] attributes(List<Column> columns) {
        return columns.stream().filter(Column::isAttribute).map(Column::name).toArray(String[]::new);
    }

    /** A row with the figures of these columns alone; what an older agent does not tell is empty. */
    static Row row(List<Column> columns, Map<String, Object> values) {
        Map<String, Object> row = new LinkedHashMap<>();
        columns.forEach(column -> row.put(column.name(), values.getOrDefault(column.name(), column.unknown())));
        return new Row(row);
    }

    /** The members of a JSON object. */
    static Map<String, Object> json(List<Column> columns, Row row) {
        Map<String, Object> members = new LinkedHashMap<>();
        columns.forEach(column -> members.put(column.member(), row.get(column.name())));
        return members;
    }

    /** The table of {@code stats} in so many columns of the terminal. */
    static List<String> table(List<Column> all, List<Row> rows, AnsiStyle paint, int width) {
        List<Column> columns = all.stream().filter(column -> !column.heading().isEmpty()).toList();
        Table table = new Table(paint, columns.stream()
            .map(column -> (column.kind().isText() ? "" : ">") + column.heading()).toArray(String[]::new));
        rows.forEach(row -> table.add(columns.stream().map(column -> column.cell(row, paint)).toArray()));
        return table.lines(width, columns.stream().filter(column -> column.leftOut() > 0)
            .sorted(Comparator.comparingInt(Column::leftOut)).mapToInt(columns::indexOf).toArray());
    }
}
