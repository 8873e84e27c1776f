// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.HttpApp;
import benchmarked.work.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A web server that writes to a database: what a request costs. */
final class Requests {
    static final String BACK_TO_BACK = "short SQLite writes over HTTP, Jetty on virtual threads, 8 clients";
    static final String PACED = BACK_TO_BACK + ", breaks of 10 ms";

    private static final int CLIENTS = 8;
    private static final int BREAK_MILLIS = 10;
    private static final List<Rival> RIVALS = List.of(Rival.BARE, Rival.TPOOL_GUARD, Rival.TPOOL_AUTO,
        Rival.TPOOL_AUTO_NATIVE, Rival.TPOOL, Rival.TPOOL_JDBC, Rival.SUBMIT, Rival.BLOCKER);
    private static final List<Metric> METRICS = List.of(Metric.CPU, Metric.TIME, Metric.TIME_P99, Metric.RATE,
        Metric.SWITCHES, Metric.GUARD);
    private static final Map<Metric, String> KEYS = Map.of(Metric.CPU, "cpu", Metric.TIME, "nanos",
        Metric.TIME_P99, "p99", Metric.RATE, "rate", Metric.SWITCHES, "switches", Metric.GUARD, "guard");

    private Requests() {
    }

    static List<Row> rows(Bench bench) {
        return List.of(row(bench, BACK_TO_BACK, 0), row(bench, PACED, BREAK_MILLIS));
    }

    private static Row row(Bench bench, String title, int breakMillis) {
        // Twice as long as others: a server's compiler has more to do.
        int millis = 2 * bench.scale().loadMillis;
        return new Row("http", title, Rival.BARE, METRICS, Metric.CPU, bench.scale().sleepRounds,
            Sections.cases(bench, RIVALS, rival -> () -> {
                Path file = bench.results().resolve("benchmark.sqlite");
                Database.create(file);
                return bench.jvm(rival).run(HttpApp.class, rival.way(), CLIENTS, Bench.POOL_SIZE, breakMillis, millis,
                    millis, file).figures(KEYS);
            }));
    }
}
