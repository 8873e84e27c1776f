// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures, prints the table, and leaves it, {@code results.json} and a plot for each section in the folder
 * {@code benchmarks} of the target folder.
 *
 * @since 1.0
 */
public final class Main {
    private Main() {
    }

    /**
     * Runs everything.
     *
     * @param args full, short or smallest; the shipped jar; the module's target folder; names of the sections to
     *     measure, separated by commas,
     *     if not all
     * @throws Exception if the files cannot be written
     */
    public static void main(String[] args) throws Exception {
        System.setProperty("jmh.ignoreLock", "true");   // who else measures here at the same time is told by the load
        Bench bench =
        new Bench(Scale.valueOf(args[0].toUpperCase(Locale.ROOT)), Path.of(args[1]).toRealPath(),
        Path.of(args[2]).toRealPath());
        Files.createDirectories(bench.results());
        List<Row> rows = Sections.of(bench, args.length > 3 ? only(args[3]) : Set.of());
        Machine machine = Machine.now(bench.scale());
        Results results = new Rounds(System.err).run(rows);
        List<Targets.Target> targets = Targets.of(rows, results);
        String table = Report.of(rows, results, machine) + Targets.describe(targets);
        System.out.print(table);
        Files.writeString(bench.results().resolve("table.txt"), table);
        Files.writeString(bench.results().resolve("results.json"), Json.of(rows, results, targets, machine));
        plot(rows, results, bench.results());
    }

    private static Set<String> only(String names) {
        return Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    }

    private static void plot(List<Row> rows, Results results, Path folder) throws IOException {
        Map<String, List<Row>> sections =
            rows.stream().collect(Collectors.groupingBy(Row::section, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Row>> section : sections.entrySet()) {
            Files.writeString(folder.resolve(section.getKey() + ".svg"), Plot.of(section.getValue(), results));
        }
    }
}
