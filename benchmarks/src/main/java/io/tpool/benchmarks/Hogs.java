// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.HogsApp;
import benchmarked.app.RequestsApp;
import benchmarked.work.Computation;
import java.util.List;
import java.util.Map;

/** Computations in pure Java, which keep their carriers until they are done. */
final class Hogs {
    private static final String ALL_AT_ONCE = "%d computations of %d ms, all at once, bystander every 5 ms";
    private static final String ALL_AT_ONCE_WARM = ALL_AT_ONCE + ", the second time";
    private static final String REQUESTS = "requests of 5 ms of computing, two processors busy for 90 %";
    private static final int LONG_MILLIS = 80;
    private static final int SHORT_MILLIS = 40;

    private static final int REQUEST_MILLIS = 5;
    private static final double BUSY = 0.9;
    private static final double NANOS_PER_MILLI = 1e6;
    /** Measured three times as long as other loads: requests come by chance, and it shall even out. */
    private static final int LONGER = 3;
    private static final List<Rival> RIVALS = List.of(Rival.BARE, Rival.TPOOL_GUARD, Rival.TPOOL_AUTO, Rival.TPOOL,
        Rival.BLOCKER, Rival.SUBMIT, Rival.KOTLIN, Rival.SEMAPHORE, Rival.GO);

    private Hogs() {
    }

    static List<Row> rows(Bench bench) {
        return List.of(allAtOnce(bench, ALL_AT_ONCE, LONG_MILLIS, 0),
            allAtOnce(bench, ALL_AT_ONCE_WARM, LONG_MILLIS, 1), allAtOnce(bench, ALL_AT_ONCE, SHORT_MILLIS, 0),
            requests(bench));
    }

    @FunctionalInterface
    private interface Load {
        Program.Ended run(Rival rival) throws Exception;
    }

    private static Row allAtOnce(Bench bench, String title, int millis, int before) {
        int count = bench.scale().hogs;
        int steps = Computation.stepsOf(millis);
        Load load = rival -> rival == Rival.GO ? new GoProgram(bench).run("hogs", count, steps)
            : bench.jvm(rival).run(HogsApp.class, rival.way(), count, steps, Bench.POOL_SIZE, before);
        return row(bench, title.formatted(count, millis), load,
            List.of(Metric.PROCESS_TIME, Metric.PROCESS_CPU, Metric.GAP),
            Map.of(Metric.PROCESS_TIME, "nanos", Metric.PROCESS_CPU, "cpu", Metric.GAP, "gap"));
    }

    private static Row requests(Bench bench) {
        double betweenMillis = REQUEST_MILLIS / (BUSY * Bench.CARRIERS);
        int count = (int) (LONGER * bench.scale().loadMillis / betweenMillis);
        long betweenNanos = (long) (betweenMillis * NANOS_PER_MILLI);
        int steps = Computation.stepsOf(REQUEST_MILLIS);
        Load load = rival -> rival == Rival.GO ? new GoProgram(bench).run("requests", count, steps, betweenNanos)
            : bench.jvm(rival).run(RequestsApp.class, rival.way(), count, steps, Bench.POOL_SIZE, betweenNanos);
        return row(bench, REQUESTS, load,
            List.of(Metric.RATE, Metric.LATENCY, Metric.TIME_P99, Metric.CPU, Metric.GAP),
            Map.of(Metric.RATE, "rate", Metric.LATENCY, "mean", Metric.TIME_P99, "p99", Metric.CPU, "cpu",
                Metric.GAP, "gap"));
    }

    private static Row row(Bench bench, String title, Load load, List<Metric> metrics, Map<Metric, String> keys) {
        return new Row("hogs", title, Rival.BARE, metrics, Metric.GAP, bench.scale().loadRounds,
            Sections.cases(bench, RIVALS, rival -> () -> load.run(rival).figures(keys)));
    }
}
