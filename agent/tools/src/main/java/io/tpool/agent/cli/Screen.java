// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.cli.History.CaptureTrend;
import io.tpool.agent.cli.History.MethodTrend;
import io.tpool.agent.cli.History.PoolTrend;
import io.tpool.agent.cli.History.Trend;
import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * A column after the name; those that matter less come later, and are the first to be left out.
     *
     * @param place among the columns of {@link Columns}
     */
    private record ScreenColumn<T>(int place, String heading, int width, boolean left, Function<T, Table.Cell> cell) {
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
        lines.addAll(block(pools, Columns.POOLS, poolColumns(), forPools));
        lines.add("");
        List<MethodTrend> methods = selection.first(history.methods());
        String leftOut = selection.leftOut(now);
        if (!methods.isEmpty()) {
            int most = rows - lines.size() - (leftOut == null ? 0 : 1);
            lines.addAll(block(methods, Columns.METHODS, methodColumns(), most));
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
        Row guard = history.last().guard();
        if (guard == null) {
            return List.of();
        }
        long starved = guard.number("StarvedCount");
        String line = paint.fit("guard " + guard.text("Mode") + ": " + guard.number("Parallelism") + " carriers, "
            + guard.number("CapturedCarriers") + " captured, " + guard.number("LentCarriers") + " lent (most "
            + guard.number("LargestLentCarriers") + "); captures "
            + NumberFormat.shortCount(guard.number("CaptureCount")) + ", starved " + NumberFormat.shortCount(starved)
            + " (longest " + NumberFormat.millis(guard.number("LongestStarvedMillis"), paint.unicode()) + ")", columns);
        List<String> lines = new ArrayList<>();
        lines.add(starved > 0 ? paint.warning(line) : line);
        lines.add("");
        if (!history.captures().isEmpty() && rows >= ROOM_FOR_CAPTURES) {
            int most = Math.max(2, Math.min(history.captures().size() + 1, rows / 3));
            lines.addAll(block(history.captures(), Columns.CAPTURES, captureColumns(), most));
            lines.add("");
        }
        return lines;
    }

    private List<ScreenColumn<CaptureTrend>> captureColumns() {
        return List.of(
            right(1, "CARRIERS", 8, trend -> Table.Cell.of(String.format(Locale.ROOT, "%.1f", trend.carriers()))),
            left(5, "", History.LENGTH, this::sparkline));
    }

    private List<ScreenColumn<PoolTrend>> poolColumns() {
        return List.of(
            right(1, "BUSY", 9, trend -> Table.Cell.of(busy(trend) + "/" + trend.row().number("Size"))),
            left(3, "", BAR, trend -> bar(busy(trend), trend.row().number("Size"))),
            right(4, "CALLS/s", 7, trend -> Table.Cell.of(rate(trend.calls()))),
            left(7, "BUSY BEFORE", History.LENGTH, this::sparkline));
    }

    private static long busy(PoolTrend trend) {
        return trend.row().number("ActiveCount");
    }

    private List<ScreenColumn<MethodTrend>> methodColumns() {
        return List.of(
            right(1, "CALLS/s", 7, trend -> Table.Cell.of(rate(trend.calls()))),
            right(2, "STUCK", 6,
                trend -> number(Snapshot.stuck(trend.row()), trend.stuck() > 0 ? paint::bad : paint::warning)),
            left(5, "", History.LENGTH, this::sparkline));
    }

    /** The table's columns among those that only {@code top} has. */
    private <T extends Trend> List<ScreenColumn<T>> merge(List<Column> table, List<ScreenColumn<T>> trends) {
        List<ScreenColumn<T>> all = new ArrayList<>(trends);
        for (Column column : table) {
            if (column.place() > 0) {
                all.add(new ScreenColumn<>(column.place(), column.shortHeading(), column.width(),
                    column.kind().isText(), trend -> column.shortCell(trend.row(), paint)));
            }
        }
        all.sort(Comparator.comparingInt(ScreenColumn::place));
        return all;
    }

    private <T extends Trend> List<String> block(List<T> rows, List<Column> table, List<ScreenColumn<T>> trends,
        int most) {
        Column first = table.get(0);
        String heading = first.heading();
        int longest = heading.length();
        for (T row : rows) {
            longest = Math.max(longest, row.row().text(first.name()).length());
        }
        List<ScreenColumn<T>> shown = new ArrayList<>();
        int left = columns - Math.min(longest, Math.max(SHORTEST_NAME, columns / 3));
        for (ScreenColumn<T> column : merge(table, trends)) {
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
            StringBuilder line = new StringBuilder(pad(paint.fit(row.row().text(first.name()), width), width));
            shown.forEach(column -> line.append("  ").append(aligned(column, column.cell().apply(row))));
            lines.add(line.toString());
        }
        if (!allFit && most > 1) {
            lines.add(paint.faint(paint.fit(rows.size() - lines.size() + 1 + " more", columns)));
        }
        return lines;
    }

    private static <T> ScreenColumn<T> right(int place, String heading, int width, Function<T, Table.Cell> cell) {
        return new ScreenColumn<>(place, heading, width, false, cell);
    }

    private static <T> ScreenColumn<T> left(int place, String heading, int width, Function<T, Table.Cell> cell) {
        return new ScreenColumn<>(place, heading, width, true, cell);
    }

    private String aligned(ScreenColumn<?> column, Table.Cell cell) {
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
    private Table.Cell bar(long busy, long size) {
        double share = Math.min(1, size == 0 ? 0 : (double) busy / size);
        StringBuilder bar = new StringBuilder();
        int eighths = (int) Math.round(share * BAR * 8);
        for (int i = 0; i < BAR; i++) {
            int filled = Math.max(0, Math.min(8, eighths - 8 * i));
            bar.append(paint.unicode() ? EIGHTHS.charAt(filled) : filled >= 4 ? '#' : '.');
        }
        return new Table.Cell(bar.toString(), share >= 1 ? paint::bad : share > 0.75 ? paint::warning : paint::good);
    }

    private Table.Cell sparkline(Trend trend) {
        double[] values = trend.trail();
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
