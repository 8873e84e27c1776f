// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * A figure that the commands show: {@code stats} as a column or a member of an object, {@code top} as a column.
 *
 * @param name of the attribute, or of the column of an MBean's table
 * @param kind how it is shown
 * @param heading in {@code stats}; empty if it is in the JSON alone
 * @param leftOut the column with the lowest number is the first that a narrow terminal goes without; 0 is never left
 *     out
 * @param place in {@code top} from left to right, 0 for none: a narrow terminal shows the first ones
 * @param shortHeading in {@code top}
 * @param width in {@code top}
 */
record Column(String name, Kind kind, String heading, int leftOut, int place, String shortHeading, int width) {
    /** How a figure is shown. Durations are in the unit of their name. */
    enum Kind {
        TEXT,
        /** Of the guard: anything but {@code on} is worth a look. */
        GUARD_MODE,
        /** Of a method, with what mode auto has learned. */
        METHOD_MODE,
        NUMBER,
        COUNT,
        /** A count that may be worth a look. */
        REMARKABLE,
        /** A count that should be nought. */
        ALARMING,
        /** Should be nought, unless mode auto lets the method's calls stay. */
        IN_PLACE,
        MICROS,
        MILLIS;

        boolean isText() {
            return compareTo(METHOD_MODE) <= 0;
        }
    }

    static Column of(String name, Kind kind, String heading) {
        return new Column(name, kind, heading, 0, 0, "", 0);
    }

    Column leftOut(int number) {
        return new Column(name, kind, heading, number, place, shortHeading, width);
    }

    Column top(int place) {
        return top(place, heading, heading.length());
    }

    Column top(int place, String heading) {
        return top(place, heading, heading.length());
    }

    Column top(int place, String heading, int width) {
        return new Column(name, kind, this.heading, leftOut, place, heading, width);
    }

    /** False for what is a part of the bean's name, or of a row. */
    boolean isAttribute() {
        return Character.isUpperCase(name.charAt(0));
    }

    /** Its name in JSON. */
    String member() {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** In the place of what an older agent does not tell. */
    Object unknown() {
        return kind.isText() ? "" : (Object) 0L;
    }

    /** For {@code stats}: counts are whole. */
    Table.Cell cell(Row row, AnsiStyle paint) {
        return cell(row, paint, NumberFormat::count);
    }

    /** For {@code top}: counts are rounded, texts are cut. */
    Table.Cell shortCell(Row row, AnsiStyle paint) {
        Table.Cell cell = cell(row, paint, NumberFormat::shortCount);
        return kind.isText() ? Table.Cell.of(paint.fit(cell.text(), width)) : cell;
    }

    private Table.Cell cell(Row row, AnsiStyle paint, LongFunction<String> count) {
        return switch (kind) {
            case TEXT -> Table.Cell.of(row.text(name));
            case GUARD_MODE -> new Table.Cell(row.text(name), row.text(name).equals("on") ? paint::good
                : paint::warning);
            case METHOD_MODE -> Table.Cell.of(Snapshot.mode(row));
            case NUMBER -> Table.Cell.of(row.get(name).toString());
            case COUNT -> Table.Cell.of(count.apply(row.number(name)));
            case REMARKABLE -> count(row, count, paint, paint::warning);
            case ALARMING -> count(row, count, paint, paint::bad);
            case IN_PLACE -> Snapshot.stays(row) ? new Table.Cell(count.apply(row.number(name)), paint::good)
                : count(row, count, paint, paint::bad);
            case MICROS -> Table.Cell.of(NumberFormat.duration(row.number(name), paint.unicode()));
            case MILLIS -> Table.Cell.of(NumberFormat.millis(row.number(name), paint.unicode()));
        };
    }

    private Table.Cell count(Row row, LongFunction<String> count, AnsiStyle paint, UnaryOperator<String> colour) {
        long number = row.number(name);
        return new Table.Cell(count.apply(number), number == 0 ? paint::faint : colour);
    }
}
