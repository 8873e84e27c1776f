// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of one server on one JDK with one setup.
 *
 * @param server its title
 * @param jdk the feature version
 * @param setup what it was started with
 * @param figures one for each {@link Column}
 */
record Row(String server, int jdk, Setup setup, List<Double> figures) {
    private static final String SEPARATOR = ";";

    double figure(Column column) {
        return figures.get(column.ordinal());
    }

    /** As a line of the file that keeps the rows from one run to the next. */
    String line() {
        return server + SEPARATOR + jdk + SEPARATOR + setup
            + String.join("", figures.stream().map(figure -> SEPARATOR + figure).toList());
    }

    static Row ofLine(String line) {
        List<String> parts = List.of(line.split(SEPARATOR));
        return new Row(parts.get(0), Integer.parseInt(parts.get(1)), Setup.valueOf(parts.get(2)),
            parts.subList(3, parts.size()).stream().map(Double::valueOf).toList());
    }

    /** The median of each figure of one case. */
    static Row median(List<Row> rows) {
        List<Double> medians = new ArrayList<>();
        for (Column column : Column.values()) {
            List<Double> figures = rows.stream().map(row -> row.figure(column)).sorted().toList();
            medians.add((figures.get((figures.size() - 1) / 2) + figures.get(figures.size() / 2)) / 2);
        }
        return new Row(rows.get(0).server, rows.get(0).jdk, rows.get(0).setup, medians);
    }

    /** Whether both tell of the same case. */
    boolean isSameCase(Row other) {
        return server.equals(other.server) && jdk == other.jdk && setup == other.setup;
    }
}
