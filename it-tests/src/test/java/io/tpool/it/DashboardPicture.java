// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import io.tpool.it.Dashboard.Panel;
import io.tpool.it.Dashboard.Place;
import io.tpool.it.Dashboard.Query;
import io.tpool.it.Prometheus.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the dashboard, as Grafana lays it out, from what Prometheus answers to its queries. */
final class DashboardPicture {
    private static final int COLUMNS = 24;
    private static final double WIDTH = 1440;
    private static final double ROW = 30;
    private static final double GAP = 6;
    private static final double TITLE = 26;
    private static final double LETTER = 6.2;
    private static final int POINTS = 240;
    private static final String[] COLOURS =
        {"#d1495b", "#4f9d69", "#2e86ab", "#edae49", "#8963ba", "#e07a3f", "#3fb6b2", "#b0578d", "#7a8b3a", "#8b94a3"};
    private static final String STYLE = "<style>text{font-family:system-ui,'DejaVu Sans',sans-serif;font-size:11px;"
        + "fill:#5b6473}.t{font-size:13px;font-weight:600;fill:#1d2330}.n{font-size:30px;font-weight:600}</style>\n";

    private final Prometheus prometheus;
    private final double begin;
    private final double end;
    private final Formatter svg = new Formatter(Locale.ROOT);

    /** @param begin of the time that is shown, seconds since the epoch */
    DashboardPicture(Prometheus prometheus, double begin, double end) {
        this.prometheus = prometheus;
        this.begin = begin;
        this.end = end;
    }

    /** One series, with its name in the legend. */
    private record Named(String name, Series series) {
    }

    String draw(Dashboard dashboard) throws Exception {
        double height = dashboard.panels().stream().mapToDouble(panel -> panel.place().y() + panel.place().height())
            .max().orElse(0) * ROW + GAP;
        svg.format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\""
            + " aria-label=\"tpool's dashboard\">\n", WIDTH, height);
        svg.format("%s", STYLE);
        svg.format("<rect width=\"100%%\" height=\"100%%\" fill=\"#f1f2f5\"/>\n");
        for (Panel panel : dashboard.panels()) {
            draw(panel);
        }
        return svg.format("</svg>\n").toString();
    }

    private void draw(Panel panel) throws Exception {
        Place place = panel.place();
        double x = place.x() * WIDTH / COLUMNS + GAP / 2;
        double y = place.y() * ROW + GAP / 2;
        double width = place.width() * WIDTH / COLUMNS - GAP;
        double height = place.height() * ROW - GAP;
        svg.format("<g transform=\"translate(%.1f %.1f)\">\n<rect width=\"%.1f\" height=\"%.1f\" rx=\"4\" fill=\"#fff\""
            + " stroke=\"#dfe3ea\"/>\n", x, y, width, height);
        text(10, 18, "t", "start", panel.title());
        List<Named> series = series(panel);
        if (series.isEmpty()) {
            text(width / 2, height / 2, "", "middle", "No data");
            svg.format("</g>\n");
            return;
        }
        switch (panel.kind()) {
            case "stat" -> stat(series, panel.unit(), width, height);
            case "bargauge" -> bars(series, panel.unit(), width);
            default -> lines(series, panel.unit(), width, height);
        }
        svg.format("</g>\n");
    }

    private List<Named> series(Panel panel) throws Exception {
        List<Named> series = new ArrayList<>();
        double step = Math.max(0.25, (end - begin) / POINTS);
        for (Query query : panel.queries()) {
            String expression = query.with(Math.round(end - begin) + "s", "2s");
            boolean isLine = panel.kind().equals("timeseries");
            List<Series> answer =
                prometheus.ask(expression, isLine ? begin : end, end, step);
            answer.forEach(each -> series.add(new Named(each.name(query.legend()), each)));
        }
        return series;
    }

    private void stat(List<Named> series, String unit, double width, double height) {
        for (int i = 0; i < series.size(); i++) {
            double x = width * (i + 0.5) / series.size();
            text(x, height - 38, "n", "middle", label(series.get(i).series().last(), unit));
            text(x, height - 14, "", "middle", series.get(i).name());
        }
    }

    private void bars(List<Named> series, String unit, double width) {
        List<Named> sorted = series.stream()
            .sorted(Comparator.comparingDouble((Named each) -> -each.series().last())).toList();
        double most = Math.max(1e-9, sorted.get(0).series().last());
        double y = TITLE + 12;
        for (Named each : sorted) {
            double value = each.series().last();
            text(10, y + 8, "", "start", clipped(each.name(), width - 90));
            text(width - 10, y + 8, "", "end", label(value, unit));
            svg.format("<rect x=\"10\" y=\"%.1f\" width=\"%.1f\" height=\"7\" fill=\"%s\"/>\n", y + 12,
                (width - 20) * value / most, COLOURS[0]);
            y += 26;
        }
    }

    private void lines(List<Named> series, String unit, double width, double height) {
        int legendRows = legend(series, width, height);
        double bottom = height - 22 - 15 * legendRows;
        double top = TITLE + 10;
        double left = 54;
        double most = series.stream().flatMap(each -> each.series().values().values().stream())
            .mapToDouble(value -> value).max().orElse(0);
        double peak = most <= 0 ? 1 : nice(most);
        for (int i = 0; i <= 4; i++) {
            double y = bottom - (bottom - top) * i / 4;
            svg.format("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e6e9ef\"/>\n",
                left, width - 10, y, y);
            text(left - 6, y + 4, "", "end", label(peak * i / 4, unit));
        }
        for (int i = 0; i <= 4; i++) {
            String anchor = i == 0 ? "start" : i == 4 ? "end" : "middle";
            text(left + (width - 10 - left) * i / 4, bottom + 14, "", anchor,
                String.format(Locale.ROOT, "+%.0f s", (end - begin) * i / 4));
        }
        for (int i = 0; i < series.size(); i++) {
            StringBuilder path = new StringBuilder();
            for (Map.Entry<Double, Double> point : series.get(i).series().values().entrySet()) {
                path.append(path.isEmpty() ? "M" : "L").append(String.format(Locale.ROOT, "%.1f %.1f",
                    left + (width - 10 - left) * (point.getKey() - begin) / (end - begin),
                    bottom - (bottom - top) * point.getValue() / peak));
            }
            svg.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n", path,
                COLOURS[i % COLOURS.length]);
        }
    }

    /** Draws the names at the bottom; how many rows they take. */
    private int legend(List<Named> series, double width, double height) {
        int rows = 1;
        double x = 10;
        List<double[]> places = new ArrayList<>();
        for (Named each : series) {
            double wide = Math.min(width - 20, each.name().length() * LETTER + 30);
            if (x + wide > width && x > 10) {
                rows++;
                x = 10;
            }
            places.add(new double[] {x, rows});
            x += wide;
        }
        for (int i = 0; i < series.size(); i++) {
            double y = height - 8 - 15 * (rows - places.get(i)[1]);
            svg.format("<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>\n", places.get(i)[0], y - 6,
                COLOURS[i % COLOURS.length]);
            text(places.get(i)[0] + 17, y, "", "start", clipped(series.get(i).name(), width - 40));
        }
        return rows;
    }

    private static String clipped(String name, double width) {
        int letters = (int) (width / LETTER);
        return name.length() <= letters ? name : "…" + name.substring(name.length() - letters + 1);
    }

    /** The next number above that four steps divide well. */
    private static double nice(double most) {
        double unit = Math.pow(10, Math.floor(Math.log10(most)));
        for (double factor : new double[] {1, 2, 4, 6, 8}) {
            if (factor * unit >= most) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    private static String label(double value, String unit) {
        return switch (unit) {
            case "percentunit" -> number(value * 100) + " %";
            case "s" -> value < 1 ? number(value * 1_000) + " ms" : number(value) + " s";
            case "ops" -> number(value) + "/s";
            default -> number(value);
        };
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    private void text(double x, double y, String style, String anchor, String text) {
        svg.format("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">%s</text>\n", x, y, style, anchor,
            text.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
