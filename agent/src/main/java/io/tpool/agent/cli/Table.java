package io.tpool.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns of text under a heading, two blanks between. */
final class Table {
    private final Paint paint;
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
    Table(Paint paint, String... headings) {
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

    /** A count that should be nought. */
    Cell alarming(long count) {
        return count == 0 ? new Cell("0", paint::faint) : new Cell(Figures.count(count), paint::bad);
    }

    /** A count that may be worth a look. */
    Cell remarkable(long count) {
        return count == 0 ? new Cell("0", paint::faint) : new Cell(Figures.count(count), paint::warning);
    }

    List<String> lines() {
        int[] widths = new int[headings.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headings[i].length();
            for (Cell[] row : rows) {
                widths[i] = Math.max(widths[i], row[i].text().length());
            }
        }
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
        for (int i = 0; i < cells.length; i++) {
            String blanks = " ".repeat(widths[i] - cells[i].text().length());
            String text = cells[i].colour().apply(cells[i].text());
            boolean last = i == cells.length - 1;
            line.append(right[i] ? blanks + text : last ? text : text + blanks).append(last ? "" : "  ");
        }
        return line.toString();
    }
}
