// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Measures all cases of all rows, in turn. */
final class Rounds {
    private final PrintStream progress;
    private final long began = System.nanoTime();

    /** @param progress told what is being measured */
    Rounds(PrintStream progress) {
        this.progress = progress;
    }

    /** Rows of one section lie side by side, and are measured together. */
    Results run(List<Row> rows) {
        Results results = new Results();
        int end;
        for (int begin = 0; begin < rows.size(); begin = end) {
            String section = rows.get(begin).section();
            end = begin;
            while (end < rows.size() && rows.get(end).section().equals(section)) {
                end++;
            }
            section(rows.subList(begin, end), results);
        }
        return results;
    }

    private void section(List<Row> rows, Results results) {
        int rounds = rows.stream().mapToInt(Row::rounds).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Row row : rows) {
                if (round < row.rounds()) {
                    progress.println(clock() + " " + row.section() + " " + (round + 1) + "/" + row.rounds() + ": "
                        + row.title());
                    row.cases().forEach(each -> measure(row, each, results));
                }
            }
        }
    }

    private String clock() {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        return "%d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
    }

    private static void measure(Row row, Case each, Results results) {
        try {
            results.add(row, each.rival(), each.measurement().measure());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the measurements", e);
        } catch (Exception e) {
            // One rival that does not run here must not cost the figures of all others. It is told in its place.
            results.addFailure(row, each.rival(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
