// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns of text under a heading, two blanks between. */
final class Table {
    private static final int GAP = 2;
    private static final int SHORTEST = 12;
    /** In the place of a column's width. */
    private static final int LEFT_OUT = -1;

    private final AnsiStyle paint;
    private final String[] headings;
    private final boolean[] right;
    private final List<Cell[]> rows = new ArrayList<>();

    /** A text and the colour for it, which takes no columns. */
    record Cell(String text, UnaryOperator<String> colour) {
        static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }

    /** @param headings one for each column; with a {@code >} in front the column's right ends are aligned */
    Table(AnsiStyle paint, String... headings) {
        this.paint = paint;
        this.headings = new String[headings.length];
        right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            this.headings[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
    }

    Table add(Object... cells) {
        Cell[] row = new Cell[headings.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells[i] instanceof Cell cell ? cell : Cell.of(cells[i].toString());
        }
        rows.add(row);
        return this;
    }

    /**
     * The table in so many columns of the terminal: without the columns of the table that matter least, then with the
     * first and the last one cut.
     *
     * @param columns of the terminal
     * @param expendable indexes of columns of the table, the first to be left out first
     */
    List<String> lines(int columns, int... expendable) {
        int[] widths = widths();
        for (int i = 0; i < expendable.length && total(widths) > columns; i++) {
            widths[expendable[i]] = LEFT_OUT;
        }
        shrink(widths, widths.length - 1, columns);
        shrink(widths, 0, columns);
        return lines(widths);
    }

    private static void shrink(int[] widths, int column, int columns) {
        int excess = total(widths) - columns;
        if (excess > 0 && widths[column] > SHORTEST) {
            widths[column] = Math.max(SHORTEST, widths[column] - excess);
        }
    }

    private static int total(int[] widths) {
        int total = 0;
        for (int width : widths) {
            total += width == LEFT_OUT ? 0 : width + GAP;
        }
        return total - GAP;
    }

    List<String> lines() {
        return lines(widths());
    }

    private int[] widths() {
        int[] widths = new int[headings.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headings[i].length();
            for (Cell[] row : rows) {
                widths[i] = Math.max(widths[i], row[i].text().length());
            }
        }
        return widths;
    }

    private List<String> lines(int[] widths) {
        List<String> lines = new ArrayList<>();
        Cell[] head = new Cell[headings.length];
        for (int i = 0; i < head.length; i++) {
            head[i] = new Cell(headings[i], paint::strong);
        }
        lines.add(line(head, widths));
        for (Cell[] row : rows) {
            lines.add(line(row, widths));
        }
        return lines;
    }

    private String line(Cell[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        int last = widths.length - 1;
        while (widths[last] == LEFT_OUT) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            if (widths[i] == LEFT_OUT) {
                continue;
            }
            String shown = paint.fit(cells[i].text(), widths[i]);
            String blanks = " ".repeat(widths[i] - shown.length());
            String text = cells[i].colour().apply(shown);
            line.append(right[i] ? blanks + text : i == last ? text : text + blanks)
                .append(i == last ? "" : " ".repeat(GAP));
        }
        return line.toString();
    }
}
