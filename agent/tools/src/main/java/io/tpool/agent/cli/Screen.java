// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.cli.History.CaptureTrend;
import io.tpool.agent.cli.History.MethodTrend;
import io.tpool.agent.cli.History.PoolTrend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Draws {@code top}: as much as fits into so many columns and rows. */
final class Screen {
    private static final int SHORTEST_NAME = 8;
    /** On a lower screen the table of captures would leave nothing for the others. */
    private static final int ROOM_FOR_CAPTURES = 18;
    private static final int BAR = 16;
    private static final String EIGHTHS = "▁▏▎▍▌▋▊▉█";
    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_LEVELS = "_.-=+*#@";

    private final AnsiStyle paint;
    private final int columns;
    private final int rows;
    private final RowSelection selection;

    Screen(AnsiStyle paint, int columns, int rows, RowSelection selection) {
        this.selection = selection;
        this.paint = paint;
        this.columns = columns;
        this.rows = rows;
    }

    /** A column after the name; those that matter less come later, and are the first to be left out. */
    private record Column<T>(String heading, int width, boolean left, Function<T, Table.Cell> cell) {
    }

    List<String> lines(History history, String hint) {
        List<String> lines = new ArrayList<>();
        Snapshot now = history.last();
        String state = now.enabled() ? "offloading" : "switched off";
        String title = paint.fit("tpool " + now.version() + " in " + now.pid() + ": " + state, columns);
        String tail = title.length() + 2 + hint.length() <= columns
            ? " ".repeat(columns - title.length() - hint.length()) + hint : "";
        lines.add((now.enabled() ? paint.strong(title) : paint.bad(title)) + paint.faint(tail));
        lines.add("");
        lines.addAll(guard(history));
        List<PoolTrend> pools = history.pools();
        int room = rows - lines.size();
        int forPools = Math.max(2, Math.min(pools.size() + 1, room / 3));
        lines.addAll(block(pools, "POOL", trend -> trend.row().name(), poolColumns(), forPools));
        lines.add("");
        List<MethodTrend> methods = selection.first(history.methods());
        String leftOut = selection.leftOut(now);
        if (!methods.isEmpty()) {
            int most = rows - lines.size() - (leftOut == null ? 0 : 1);
            lines.addAll(block(methods, "METHOD", trend -> trend.row().method(), methodColumns(), most));
        } else if (leftOut == null) {
            lines.add(paint.fit("No listed class has been loaded.", columns));
        }
        if (leftOut != null) {
            lines.add(paint.faint(paint.fit(leftOut, columns)));
        }
        return lines.size() > rows ? lines.subList(0, Math.max(1, rows)) : lines;
    }

    /** One line and, where there is room, the methods that capture carriers: on a third of the screen at most. */
    private List<String> guard(History history) {
        GuardStatus guard = history.last().guard();
        if (guard == null) {
            return List.of();
        }
        String line = paint.fit("guard " + guard.mode() + ": " + guard.parallelism() + " carriers, "
            + guard.capturedCarriers() + " captured, " + guard.lentCarriers() + " lent (most "
            + guard.largestLentCarriers() + "); captures " + NumberFormat.shortCount(guard.captureCount())
            + ", starved " + NumberFormat.shortCount(guard.starvedCount()) + " (longest "
            + NumberFormat.millis(guard.longestStarvedMillis(), paint.unicode()) + ")", columns);
        List<String> lines = new ArrayList<>();
        lines.add(guard.starvedCount() > 0 ? paint.warning(line) : line);
        lines.add("");
        if (!history.captures().isEmpty() && rows >= ROOM_FOR_CAPTURES) {
            int most = Math.max(2, Math.min(history.captures().size() + 1, rows / 3));
            lines.addAll(block(history.captures(), "CAPTURED BY", trend -> trend.row().method(),
                captureColumns(), most));
            lines.add("");
        }
        return lines;
    }

    private List<Column<CaptureTrend>> captureColumns() {
        boolean unicode = paint.unicode();
        return List.of(
            right("CARRIERS", 8,
                (CaptureTrend trend) -> Table.Cell.of(String.format(Locale.ROOT, "%.1f", trend.carriers()))),
            right("LONGEST", 7, trend -> Table.Cell.of(NumberFormat.millis(trend.row().longestMillis(), unicode))),
            right("CAPTURES", 8, trend -> Table.Cell.of(NumberFormat.shortCount(trend.row().count()))),
            left("HOW", 9, trend -> Table.Cell.of(trend.row().how())),
            left("", History.LENGTH, trend -> sparkline(trend.trail())),
            left("ADVICE", 56, trend -> Table.Cell.of(paint.fit(trend.row().advice(), 56))));
    }

    private List<Column<PoolTrend>> poolColumns() {
        return List.of(
            right("BUSY", 9, (PoolTrend trend) -> Table.Cell.of(trend.row().active() + "/" + trend.row().size())),
            right("WAITING", 7, trend -> number(trend.row().queued(), paint::warning)),
            left("", BAR, trend -> bar(trend.row().active(), trend.row().size())),
            right("CALLS/s", 7, trend -> Table.Cell.of(rate(trend.calls()))),
            right("REJECTED", 8, trend -> number(trend.row().rejected(), paint::bad)),
            right("GROWN", 5, trend -> number(trend.row().grown(), paint::warning)),
            left("BUSY BEFORE", History.LENGTH, trend -> sparkline(trend.trail())));
    }

    private List<Column<MethodTrend>> methodColumns() {
        boolean unicode = paint.unicode();
        return List.of(
            right("CALLS/s", 7, (MethodTrend trend) -> Table.Cell.of(rate(trend.calls()))),
            right("STUCK", 6,
            trend -> number(Snapshot.stuck(trend.row()), trend.stuck() > 0 ? paint::bad : paint::warning)),
            right("RUN p99", 7, trend -> Table.Cell.of(NumberFormat.duration(trend.row().runP99Micros(), unicode))),
            right("WAIT p99", 8, trend -> Table.Cell.of(NumberFormat.duration(trend.row().waitP99Micros(), unicode))),
            left("", History.LENGTH, trend -> sparkline(trend.trail())),
            right("OFFLOADED", 9, trend -> Table.Cell.of(NumberFormat.shortCount(trend.row().offloaded()))),
            right("FAILED", 6, trend -> number(trend.row().failed(), paint::warning)),
            right("RUN p50", 7, trend -> Table.Cell.of(NumberFormat.duration(trend.row().runP50Micros(), unicode))),
            right("RUN MAX", 7, trend -> Table.Cell.of(NumberFormat.duration(trend.row().runMaxMicros(), unicode))),
            left("MODE", 10, trend -> Table.Cell.of(Snapshot.mode(trend.row()))),
            left("POOL", 10, trend -> Table.Cell.of(paint.fit(trend.row().pool(), 10))));
    }

    private <T> List<String> block(List<T> rows, String heading, Function<T, String> name, List<Column<T>> all,
        int most) {
        int longest = heading.length();
        for (T row : rows) {
            longest = Math.max(longest, name.apply(row).length());
        }
        List<Column<T>> shown = new ArrayList<>();
        int left = columns - Math.min(longest, Math.max(SHORTEST_NAME, columns / 3));
        for (Column<T> column : all) {
            if (left < column.width() + 2) {
                break;
            }
            shown.add(column);
            left -= column.width() + 2;
        }
        int width = Math.min(longest, columns - shown.stream().mapToInt(column -> column.width() + 2).sum());
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(pad(paint.fit(heading, width), width));
        shown.forEach(column -> head.append("  ").append(aligned(column, Table.Cell.of(column.heading()))));
        lines.add(paint.reverse(head.toString()));
        boolean allFit = rows.size() <= most - 1;
        for (T row : rows.subList(0, allFit ? rows.size() : Math.max(0, most - 2))) {
            StringBuilder line = new StringBuilder(pad(paint.fit(name.apply(row), width), width));
            shown.forEach(column -> line.append("  ").append(aligned(column, column.cell().apply(row))));
            lines.add(line.toString());
        }
        if (!allFit && most > 1) {
            lines.add(paint.faint(paint.fit(rows.size() - lines.size() + 1 + " more", columns)));
        }
        return lines;
    }

    private static <T> Column<T> right(String heading, int width, Function<T, Table.Cell> cell) {
        return new Column<>(heading, width, false, cell);
    }

    private static <T> Column<T> left(String heading, int width, Function<T, Table.Cell> cell) {
        return new Column<>(heading, width, true, cell);
    }

    private String aligned(Column<?> column, Table.Cell cell) {
        String text = paint.fit(cell.text(), column.width());
        String blanks = " ".repeat(column.width() - text.length());
        String coloured = cell.colour().apply(text);
        return column.left() ? coloured + blanks : blanks + coloured;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private Table.Cell number(long count, UnaryOperator<String> colour) {
        return new Table.Cell(NumberFormat.shortCount(count), count == 0 ? paint::faint : colour);
    }

    private static String rate(double calls) {
        return calls > 0 && calls < 10 ? String.format(Locale.ROOT, "%.1f", calls)
            : NumberFormat.shortCount(Math.round(calls));
    }

    /** How much of the pool is busy: red when all of it is. */
    private Table.Cell bar(int busy, int size) {
        double share = Math.min(1, size == 0 ? 0 : (double) busy / size);
        StringBuilder bar = new StringBuilder();
        int eighths = (int) Math.round(share * BAR * 8);
        for (int i = 0; i < BAR; i++) {
            int filled = Math.max(0, Math.min(8, eighths - 8 * i));
            bar.append(paint.unicode() ? EIGHTHS.charAt(filled) : filled >= 4 ? '#' : '.');
        }
        return new Table.Cell(bar.toString(), share >= 1 ? paint::bad : share > 0.75 ? paint::warning : paint::good);
    }

    private Table.Cell sparkline(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, value);
        }
        String levels = paint.unicode() ? LEVELS : ASCII_LEVELS;
        StringBuilder line = new StringBuilder();
        for (double value : values) {
            line.append(value <= 0 ? ' '
                : levels.charAt((int) Math.min(levels.length() - 1, value / most * levels.length())));
        }
        return new Table.Cell(line.toString(), paint::good);
    }
}
