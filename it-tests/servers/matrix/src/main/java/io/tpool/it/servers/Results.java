// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All rows, those of earlier runs included: a file of them, and the median of each case as a table for people and as a
 * plot.
 */
final class Results {
    private final Path target;
    private final List<Row> rows = new ArrayList<>();

    Results(Path target) throws IOException {
        this.target = target;
        if (Files.exists(file("csv"))) {
            Files.readAllLines(file("csv")).forEach(line -> rows.add(Row.ofLine(line)));
        }
    }

    private Path file(String kind) {
        return target.resolve("servers." + kind);
    }

    /** Adds a row, prints it, and writes the files. */
    void add(Row row) throws IOException {
        System.out.println(cells(row));
        rows.add(row);
        rows.sort(Comparator.comparingInt((Row each) -> order(each.server())).thenComparingInt(Row::jdk)
            .thenComparing(Row::setup));
        Files.write(file("csv"), rows.stream().map(Row::line).toList());
        List<Row> medians = medians();
        String titles = Arrays.stream(Column.values()).map(column -> " " + column.title() + " |")
            .collect(Collectors.joining());
        String rule = "|---|---|---|" + "--:|".repeat(Column.values().length);
        Files.write(file("md"), Stream.concat(Stream.of("| server | JDK | with |" + titles, rule),
            medians.stream().map(Results::cells)).toList());
        Files.writeString(file("svg"), Plot.of(medians));
    }

    private List<Row> medians() {
        List<Row> medians = new ArrayList<>();
        for (Row row : rows) {
            if (medians.isEmpty() || !medians.get(medians.size() - 1).isSameCase(row)) {
                medians.add(Row.median(rows.stream().filter(row::isSameCase).toList()));
            }
        }
        return medians;
    }

    private static int order(String title) {
        return Server.ALL.stream().map(Server::title).toList().indexOf(title);
    }

    private static String cells(Row row) {
        return "| " + row.server() + " | " + row.jdk() + " | " + row.setup().title() + " |"
            + Arrays.stream(Column.values()).map(column -> " " + column.format(row.figure(column)) + " |")
            .collect(Collectors.joining());
    }
}
