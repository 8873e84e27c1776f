package io.tpool.benchmarks;

import benchmarked.app.HogsApp;
import benchmarked.app.RequestsApp;
import benchmarked.work.Computation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Computations in pure Java, which keep their carriers until they are done. */
final class Hogs {
    static final String ALL_AT_ONCE = "%d computations of %d ms, all at once: a bystander that wants to run every 5 ms";
    static final String REQUESTS = "requests of 5 ms of computing that keep two processors busy for 90 % of the time";
    static final int LONG_MILLIS = 80;
    static final int SHORT_MILLIS = 40;

    private static final int REQUEST_MILLIS = 5;
    private static final double BUSY = 0.9;
    private static final double NANOS_PER_MILLI = 1e6;
    /** Measured three times as long as other loads: requests come by chance, and it shall even out. */
    private static final int LONGER = 3;
    private static final List<Rival> RIVALS = List.of(Rival.BARE, Rival.TPOOL_GUARD, Rival.TPOOL_AUTO, Rival.TPOOL, Rival.BLOCKER, Rival.SUBMIT,
        Rival.KOTLIN, Rival.SEMAPHORE, Rival.GO);

    private Hogs() {
    }

    static String title(Bench bench, int millis) {
        return ALL_AT_ONCE.formatted(bench.scale().hogs, millis);
    }

    static List<Row> rows(Bench bench) {
        return Stream.of(allAtOnce(bench, LONG_MILLIS), allAtOnce(bench, SHORT_MILLIS), requests(bench)).toList();
    }

    private static Row allAtOnce(Bench bench, int millis) {
        Map<Metric, String> keys = Map.of(Metric.PROCESS_TIME, "nanos", Metric.PROCESS_CPU, "cpu", Metric.GAP, "gap");
        int count = bench.scale().hogs;
        int steps = Computation.stepsOf(millis);
        return new Row("hogs", title(bench, millis), Rival.BARE, List.of(Metric.PROCESS_TIME, Metric.PROCESS_CPU, Metric.GAP), Metric.GAP,
            bench.scale().loadRounds, Sections.cases(bench, RIVALS, rival -> () -> (rival == Rival.GO
                ? new GoProgram(bench).run("hogs", count, steps)
                : bench.jvm(rival).run(HogsApp.class, rival.way(), count, steps, Bench.POOL_SIZE)).figures(keys)));
    }

    private static Row requests(Bench bench) {
        Map<Metric, String> keys = Map.of(Metric.RATE, "rate", Metric.LATENCY, "mean", Metric.TIME_P99, "p99", Metric.CPU, "cpu", Metric.GAP, "gap");
        double betweenMillis = REQUEST_MILLIS / (BUSY * Bench.CARRIERS);
        int count = (int) (LONGER * bench.scale().loadMillis / betweenMillis);
        long betweenNanos = (long) (betweenMillis * NANOS_PER_MILLI);
        int steps = Computation.stepsOf(REQUEST_MILLIS);
        return new Row("hogs", REQUESTS, Rival.BARE, List.of(Metric.RATE, Metric.LATENCY, Metric.TIME_P99, Metric.CPU, Metric.GAP), Metric.GAP,
            bench.scale().loadRounds, Sections.cases(bench, RIVALS, rival -> () -> (rival == Rival.GO
                ? new GoProgram(bench).run("requests", count, steps, betweenNanos)
                : bench.jvm(rival).run(RequestsApp.class, rival.way(), count, steps, Bench.POOL_SIZE, betweenNanos)).figures(keys)));
    }
}
