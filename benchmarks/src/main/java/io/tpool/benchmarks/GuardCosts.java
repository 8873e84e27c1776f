// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.GuardApp;
import benchmarked.app.GuardApp.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the guard costs where it has nothing to do. */
final class GuardCosts {
    static final String NO_VIRTUAL_THREADS = "the guard where there are no virtual threads";
    static final String IDLE = "the guard of an idle application with 1,000 virtual threads";
    static final String YIELDING = "the guard of carriers that never rest: 16 virtual threads that yield";
    static final String PING_PONG = "the guard of carriers that never rest: 8 pairs of threads that wake each other";

    private static final Map<Metric, String> KEYS = Map.of(Metric.GUARD, "guard", Metric.PROCESS, "process",
        Metric.RATE, "rate");

    private GuardCosts() {
    }

    static List<Row> rows(Bench bench) {
        return List.of(row(bench, YIELDING, Kind.YIELDING, true), row(bench, PING_PONG, Kind.PING_PONG, true),
            row(bench, IDLE, Kind.IDLE, false), row(bench, NO_VIRTUAL_THREADS, Kind.NO_VIRTUAL_THREADS, false));
    }

    private static Row row(Bench bench, String title, Kind kind, boolean busy) {
        List<Metric> metrics = new ArrayList<>(List.of(Metric.GUARD, Metric.PROCESS));
        if (busy) {
            metrics.add(Metric.RATE);
        }
        int warmMillis = bench.scale().loadMillis;
        int millis = 2 * warmMillis;   // a thousandth of a core must be seen
        return new Row("guard", title, Rival.BARE, metrics, Metric.GUARD, bench.scale().loadRounds,
            Sections.cases(bench, List.of(Rival.BARE, Rival.TPOOL_GUARD), rival -> () -> bench.jvm(rival)
                .run(GuardApp.class, kind, warmMillis, millis).figures(KEYS)));
    }
}
