// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.util.List;
import java.util.Locale;

/** The p99 of the health check in each row, on a logarithmic scale, in SVG that is as readable on black as on white. */
final class Plot {
    private static final int WIDTH = 890;
    private static final int LEFT = 250;
    private static final int RIGHT = 30;
    private static final int TOP = 56;
    private static final int LINE = 24;
    private static final int RADIUS = 6;
    private static final int LEGEND_WIDTH = 160;
    private static final int[] TICKS = {1, 10, 50, 100, 1_000, 10_000};
    private static final double MOST_MILLIS = 20_000;
    private static final String STYLE = """
        <style>
          text { font: 13px system-ui, sans-serif; fill: #24292f }
          .label { text-anchor: end } .tick { text-anchor: middle }
          line { stroke: #d0d7de } .limit { stroke: #1a7f5a; stroke-dasharray: 4 3 }
          .BARE { fill: #cf222e } .GUARDED { fill: #1a7f5a } .LISTED { fill: #0969da } .DISCOVERED { fill: #bf8700 }
          @media (prefers-color-scheme: dark) { text { fill: #d1d7e0 } line { stroke: #444c56 } }
        </style>
        """;

    private final StringBuilder body = new StringBuilder();
    private int y = TOP;
    private String last = "";

    private Plot() {
    }

    static String of(List<Row> rows) {
        Plot plot = new Plot();
        rows.forEach(plot::point);
        int height = plot.y + 2 * LINE;
        plot.frame(plot.y + LINE / 2);
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
            %s%s</svg>
            """.formatted(WIDTH, height, WIDTH, height, STYLE, plot.body);
    }

    private void point(Row row) {
        String label = row.server() + ", JDK " + row.jdk();
        if (!label.equals(last)) {
            last = label;
            y += LINE;
            text("label", LEFT - 2 * RADIUS, y + RADIUS - 1, label);
            line("", LEFT, y, WIDTH - RIGHT, y);
        }
        dot(row.setup(), x(row.figure(Column.HEALTH_P99)), y);
    }

    private void frame(int bottom) {
        text("title", LEFT, LINE - RADIUS, "p99 of the health check while reports run, in ms");
        int x = LEFT + RADIUS;
        for (Setup setup : Setup.values()) {
            dot(setup, x, LINE + LINE / 2);
            text("", x + 2 * RADIUS, LINE + LINE / 2 + RADIUS - 2, setup.plainTitle());
            x += LEGEND_WIDTH;
        }
        for (int tick : TICKS) {
            line(tick == TICKS[2] ? "limit" : "", x(tick), TOP + RADIUS, x(tick), bottom);
            text("tick", x(tick), bottom + LINE - RADIUS, String.format(Locale.ROOT, "%,d", tick));
        }
    }

    private static int x(double millis) {
        double share = Math.log(Math.max(1, millis)) / Math.log(MOST_MILLIS);
        return (int) Math.round(LEFT + (WIDTH - LEFT - RIGHT) * share);
    }

    private void dot(Setup setup, int x, int line) {
        body.append("<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>%n".formatted(setup, x, line, RADIUS));
    }

    private void line(String kind, int x1, int y1, int x2, int y2) {
        body.append("<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n".formatted(kind, x1, y1, x2, y2));
    }

    private void text(String kind, int x, int line, String text) {
        body.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(kind, x, line, text));
    }
}
