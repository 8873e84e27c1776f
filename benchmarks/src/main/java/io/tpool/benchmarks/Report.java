// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.List;
import java.util.OptionalDouble;

/** The table for people. */
final class Report {
    private static final int RIVAL_WIDTH = 37;
    private static final int VALUE_WIDTH = 11;
    private static final int RATIO_WIDTH = 8;

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Report(Results results) {
        this.results = results;
    }

    static String of(List<Row> rows, Results results, Machine machine) {
        Report report = new Report(results);
        report.text.append(machine.describe()).append('\n')
            .append("Medians over the rounds; behind each figure its ratio to that of the rival marked *.\n");
        rows.forEach(report::row);
        return report.text.toString();
    }

    private void row(Row row) {
        text.append('\n').append(row.title()).append('\n').append(" ".repeat(RIVAL_WIDTH + 2));
        for (Metric metric : row.metrics()) {
            text.append(left(right(metric.title(), VALUE_WIDTH), VALUE_WIDTH + RATIO_WIDTH));
        }
        endLine();
        for (Case each : row.cases()) {
            line(row, each.rival());
        }
    }

    private void line(Row row, Rival rival) {
        text.append(rival == row.reference() ? "* " : "  ").append(left(rival.title(), RIVAL_WIDTH));
        String failure = results.failure(row, rival);
        if (failure != null) {
            text.append("failed: ").append(failure.lines().findFirst().orElse(""));
        } else {
            row.metrics().forEach(metric -> figure(row, rival, metric));
        }
        endLine();
    }

    private void figure(Row row, Rival rival, Metric metric) {
        OptionalDouble median = results.median(row, rival, metric);
        OptionalDouble ratio = results.ratio(row, rival, row.reference(), metric);
        text.append(right(median.isPresent() ? metric.unit().format(median.getAsDouble()) : "-", VALUE_WIDTH))
            .append(right(ratio.isPresent() ? Unit.digits(ratio.getAsDouble()) + "×" : "", RATIO_WIDTH));
    }

    private void endLine() {
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private static String left(String value, int width) {
        return value + " ".repeat(Math.max(0, width - value.length()));
    }

    private static String right(String value, int width) {
        return " ".repeat(Math.max(0, width - value.length())) + value;
    }
}
