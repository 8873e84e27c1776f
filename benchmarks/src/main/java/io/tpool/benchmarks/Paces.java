// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.PaceApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a hop costs where it runs: calls that do nothing, back to back and with breaks, just started and warm. */
final class Paces {
    private static final List<Rival> RIVALS = List.of(Rival.BARE, Rival.TPOOL, Rival.SUBMIT, Rival.KOTLIN);
    private static final List<Integer> CALLERS = List.of(1, 10, 100);
    private static final List<Integer> BREAKS = List.of(0, 1, 10);
    private static final List<Metric> METRICS = List.of(Metric.TIME, Metric.CPU, Metric.SWITCHES, Metric.COLD_TIME,
        Metric.COLD_CPU);
    private static final Map<Metric, String> KEYS = Map.of(Metric.TIME, "nanos", Metric.CPU, "cpu",
        Metric.SWITCHES, "switches", Metric.COLD_TIME, "cold.nanos", Metric.COLD_CPU, "cold.cpu");

    private Paces() {
    }

    static String title(int callers, int breakMillis) {
        return "no-op calls of %d %s, %s".formatted(callers, callers == 1 ? "thread" : "threads",
            breakMillis == 0 ? "back to back" : breakMillis + " ms apart, breaks included in CPU");
    }

    static List<Row> rows(Bench bench) {
        List<Row> rows = new ArrayList<>();
        for (int breakMillis : BREAKS) {
            for (int callers : CALLERS) {
                rows.add(row(bench, callers, breakMillis));
            }
        }
        return rows;
    }

    private static Row row(Bench bench, int callers, int breakMillis) {
        Scale scale = bench.scale();
        return new Row("pace", title(callers, breakMillis), Rival.SUBMIT, METRICS, Metric.CPU, scale.loadRounds,
            Sections.cases(bench, RIVALS, rival -> () -> bench.jvm(rival)
                .run(PaceApp.class, rival.way(), callers, Bench.POOL_SIZE, breakMillis, scale.warmMillis,
                    scale.warmMillis, scale.loadMillis)
                .figures(KEYS)));
    }
}
