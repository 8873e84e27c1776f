package io.tpool.benchmarks;

import benchmarked.app.LoadApp;
import benchmarked.app.LoadApp.Load;
import benchmarked.work.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Applications that make blocking calls for a while beside a bystander. */
final class Loads {
    static final String SLEEPS = "5 ms native sleeps, %d callers on 64 pool threads (%d×)";
    static final String DISCOVERY = "discovery: SQLite point queries, 32 callers";
    private static final List<Metric> BYSTANDER = List.of(Metric.IDLE_P999, Metric.P50, Metric.P99, Metric.P999, Metric.WORST);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int QUERY_CALLERS = 32;
    private static final int FEW_CALLERS = 4;
    private static final List<Rival> SQLITE = List.of(Rival.BARE, Rival.TPOOL, Rival.TPOOL_JDBC, Rival.TPOOL_NATIVE, Rival.TPOOL_HANDOFF, Rival.SUBMIT,
        Rival.SUPPLY, Rival.KOTLIN, Rival.BLOCKER, Rival.SEMAPHORE);

    private Loads() {
    }

    static String sleepTitle(int factor) {
        return SLEEPS.formatted(factor * Bench.POOL_SIZE, factor);
    }

    static List<Row> sleeps(Bench bench) {
        return (bench.scale() == Scale.FULL ? Stream.of(1, 3, 30) : Stream.of(3))
            .map(factor -> row(bench, "sleep", sleepTitle(factor), Load.SLEEP, factor * Bench.POOL_SIZE, bench.scale().sleepRounds, Rival.CALLERS,
                List.of(Metric.SHARE, Metric.CPU, Metric.SWITCHES), Metric.SHARE))
            .toList();
    }

    static List<Row> sqlite(Bench bench) {
        List<Metric> metrics = List.of(Metric.TIME, Metric.CPU, Metric.SWITCHES);
        int rounds = bench.scale().loadRounds;
        Row point = row(bench, "sqlite", "SQLite: point queries, 32 callers", Load.POINT, QUERY_CALLERS, rounds, SQLITE, metrics, Metric.TIME);
        Row scan = row(bench, "sqlite", "SQLite: scans of 100,000 rows, 4 callers", Load.SCAN, FEW_CALLERS, rounds, SQLITE, metrics, Metric.P999);
        Row busy = row(bench, "sqlite", "SQLite: inserts, the write lock taken most of the time, 4 callers", Load.BUSY, FEW_CALLERS, rounds, SQLITE,
            metrics, Metric.P999);
        return bench.scale() == Scale.FULL ? List.of(point, scan, busy) : List.of(point, busy);
    }

    /** What it costs to find out what to list. */
    static List<Row> discovery(Bench bench) {
        List<Metric> metrics = List.of(Metric.TIME, Metric.CPU, Metric.WATCHING);
        int millis = bench.scale().discoveryMillis;
        return List.of(new Row("discover", DISCOVERY, Rival.BARE, metrics, Metric.TIME, bench.scale().discoveryRounds,
            Sections.cases(bench, List.of(Rival.BARE, Rival.TPOOL_DISCOVER),
                rival -> () -> measure(bench, rival, Load.POINT, QUERY_CALLERS, millis, millis))));
    }

    private static Row row(Bench bench, String section, String title, Load load, int callers, int rounds, List<Rival> rivals,
            List<Metric> own, Metric plotted) {
        List<Metric> metrics = new ArrayList<>(own);
        metrics.addAll(BYSTANDER);
        return new Row(section, title, Rival.SUBMIT, metrics, plotted, rounds,
            Sections.cases(bench, rivals, rival -> () -> measure(bench, rival, load, callers, bench.scale().warmMillis, bench.scale().loadMillis)));
    }

    private static Map<Metric, Double> measure(Bench bench, Rival rival, Load load, int callers, int warmMillis, int millis)
            throws Exception {
        Map<String, Double> results = jvm(bench, rival).run(LoadApp.class, rival.way(), load, callers, Bench.POOL_SIZE, warmMillis, millis,
            database(bench, load)).results();
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.TIME, results.get("nanos"));
        figures.put(Metric.SHARE, (double) LoadApp.SLEEP_MILLIS * NANOS_PER_MILLI / Bench.POOL_SIZE / results.get("nanos"));
        figures.put(Metric.CPU, results.get("cpu"));
        figures.put(Metric.WATCHING, results.get("watching"));
        figures.put(Metric.SWITCHES, results.get("switches"));
        figures.put(Metric.IDLE_P999, results.get("idle.p999"));
        figures.put(Metric.P50, results.get("load.p50"));
        figures.put(Metric.P99, results.get("load.p99"));
        figures.put(Metric.P999, results.get("load.p999"));
        figures.put(Metric.WORST, results.get("load.worst"));
        return figures;
    }

    private static Jvm jvm(Bench bench, Rival rival) {
        Jvm jvm = new Jvm(bench.results()).option("--enable-native-access=ALL-UNNAMED")
            .option("-Djdk.virtualThreadScheduler.parallelism=" + Bench.CARRIERS).options(rival.way().options(Bench.POOL_SIZE));
        return rival.isTpool() ? jvm.option(bench.attached(rival, Bench.POOL_SIZE)) : jvm;
    }

    private static Path database(Bench bench, Load load) throws IOException, SQLException {
        Path file = bench.results().resolve("benchmark.sqlite");
        if (load != Load.SLEEP) {
            Database.create(file);
        }
        return file;
    }
}
