// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A section's rows as bars, in SVG that is as readable on black as on white. */
final class Plot {
    private static final int WIDTH = 890;
    private static final int MARGIN = 16;
    private static final int LABEL_WIDTH = 280;
    private static final int BAR_WIDTH = 440;
    private static final int LINE = 22;
    private static final int BAR = 14;
    private static final int GAP = 6;
    private static final String STYLE = """
        <style>
          text { font: 13px system-ui, sans-serif; fill: #24292f }
          .title { font-weight: 600 }
          .rival { text-anchor: end }
          .bar { fill: #8c959f }
          .ours { fill: #1a7f5a }
          @media (prefers-color-scheme: dark) { text { fill: #d1d7e0 } .bar { fill: #6e7681 } .ours { fill: #3fb984 } }
        </style>
        """;

    private final Results results;
    private final StringBuilder body = new StringBuilder();
    private int y = MARGIN;

    private Plot(Results results) {
        this.results = results;
    }

    /**
     * Draws one section.
     *
     * @param rows of that section, one or more
     * @param results their figures; those that failed are left out
     */
    static String of(List<Row> rows, Results results) {
        Plot plot = new Plot(results);
        rows.forEach(plot::row);
        int height = plot.y + MARGIN;
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
            %s%s</svg>
            """.formatted(WIDTH, height, WIDTH, height, STYLE, plot.body);
    }

    private void row(Row row) {
        text("title", MARGIN, row.title() + ": " + heading(row.plotted()));
        List<Rival> rivals = new ArrayList<>();
        double most = 0;
        for (Case each : row.cases()) {
            OptionalDouble median = results.median(row, each.rival(), row.plotted());
            if (median.isPresent()) {
                rivals.add(each.rival());
                most = Math.max(most, median.getAsDouble());
            }
        }
        for (Rival rival : rivals) {
            bar(row, rival, results.median(row, rival, row.plotted()).getAsDouble(), most);
        }
        y += LINE;
    }

    private static String heading(Metric metric) {
        return switch (metric) {
            case P999 -> "by how much a bystander is late, p99.9";
            case GAP -> "how long a bystander was silent, at worst";
            case SHARE -> "calls made " + metric.title();
            default -> metric.title();
        };
    }

    private void bar(Row row, Rival rival, double value, double most) {
        y += LINE;
        double length = most > 0 ? Math.max(1, BAR_WIDTH * value / most) : 1;
        body.append(String.format(Locale.ROOT,
            "<rect class=\"bar%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
            rival.isTpool() ? " ours" : "", LABEL_WIDTH, y - BAR + 2, length, BAR));
        y -= LINE;
        textAt("rival", LABEL_WIDTH - GAP, y + LINE, rival.title());
        String ratio =
            results.ratio(row, rival, row.reference(), row.plotted()).stream()
            .mapToObj(each -> "  " + Unit.digits(each) + "×").findFirst()
            .orElse("");
        textAt("value", (int) (LABEL_WIDTH + length + GAP), y + LINE, row.plotted().unit().format(value) + ratio);
        y += LINE;
    }

    private void text(String kind, int x, String text) {
        y += LINE / 2;
        textAt(kind, x, y, text);
    }

    private void textAt(String kind, int x, int line, String text) {
        body.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(kind, x, line,
            text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
