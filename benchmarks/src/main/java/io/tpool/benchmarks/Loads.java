// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.Load;
import benchmarked.app.LoadApp;
import benchmarked.work.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Applications that make blocking calls for a while beside a bystander. */
final class Loads {
    static final String SLEEPS = "5 ms native sleeps, %d callers on 64 pool threads (%d×)";
    static final String DISCOVERY = "discovery: SQLite point queries, 32 callers";
    static final String POINTS = "SQLite: point queries, 32 callers";
    static final String SCANS = "SQLite: scans of 100,000 rows, 4 callers";
    private static final String QUERIES = "SQLite: queries that compute for some 10 ms, 4 callers";
    private static final String INSERTS = "SQLite: inserts, the write lock taken most of the time, 4 callers";
    private static final String COMPACTIONS = "RocksDB: compactions of ";
    private static final String RARELY_LONG = "1,000 short calls to a long one of 5 ms, 192 callers";
    private static final String HALF_LONG = "as many short calls as long ones of 5 ms, 192 callers";
    private static final String PHASES_TITLE = "phases of short calls and of long ones of 5 ms, 192 callers";
    private static final List<Metric> BYSTANDER =
        List.of(Metric.IDLE_P999, Metric.P50, Metric.P99, Metric.P999, Metric.WORST);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int QUERY_CALLERS = 32;
    private static final int FEW_CALLERS = 4;
    private static final int MIXED_CALLERS = 192;
    private static final int PHASES = 4;
    /** One delay in a thousand must be seen more than once. */
    private static final int CAPTURES_LONGER = 2;
    private static final List<Rival> SQLITE = List.of(Rival.BARE, Rival.TPOOL_GUARD, Rival.TPOOL_AUTO_NATIVE,
        Rival.TPOOL_AUTO, Rival.TPOOL, Rival.TPOOL_JDBC, Rival.TPOOL_NATIVE, Rival.TPOOL_HANDOFF, Rival.SUBMIT,
        Rival.SUPPLY, Rival.KOTLIN, Rival.BLOCKER, Rival.SEMAPHORE);
    private static final List<Rival> ROCKSDB = List.of(Rival.BARE, Rival.TPOOL_GUARD, Rival.TPOOL_AUTO_ROCKSDB,
        Rival.TPOOL_ROCKSDB, Rival.TPOOL, Rival.SUBMIT, Rival.KOTLIN, Rival.BLOCKER);
    private static final List<Rival> MIXED = List.of(Rival.TPOOL_GUARD, Rival.TPOOL, Rival.TPOOL_AUTO, Rival.BARE,
        Rival.SUBMIT);
    private static final List<Metric> CALL = List.of(Metric.TIME, Metric.CPU, Metric.SWITCHES);
    private static final Map<Metric, String> KEYS = Map.ofEntries(
        Map.entry(Metric.TIME, "nanos"), Map.entry(Metric.CPU, "cpu"), Map.entry(Metric.WATCHING, "watching"),
        Map.entry(Metric.SWITCHES, "switches"), Map.entry(Metric.RATE, "rate"),
        Map.entry(Metric.LONG_RATE, "long.rate"),
        Map.entry(Metric.IDLE_P999, "idle.p999"), Map.entry(Metric.P50, "load.p50"), Map.entry(Metric.P99, "load.p99"),
        Map.entry(Metric.P999, "load.p999"), Map.entry(Metric.WORST, "load.worst"));

    private final Bench bench;

    private Loads(Bench bench) {
        this.bench = bench;
    }

    /**
     * A load.
     *
     * @param load what is called
     * @param callers how many call
     * @param size as in {@link Load}
     * @param warmMillis before it is measured
     * @param millis while it is
     * @param carriers of the JVM
     */
    private record Run(Load load, int callers, int size, int warmMillis, int millis, int carriers) {
    }

    static String sleepTitle(int factor) {
        return SLEEPS.formatted(factor * Bench.POOL_SIZE, factor);
    }

    static List<Row> sleeps(Bench bench) {
        Stream<Integer> factors = bench.scale() == Scale.FULL ? Stream.of(1, 3, 30) : Stream.of(3);
        return factors.map(factor -> sleeps(bench, factor)).toList();
    }

    private static Row sleeps(Bench bench, int factor) {
        List<Metric> own = List.of(Metric.SHARE, Metric.CPU, Metric.SWITCHES);
        Run run = run(bench, Load.SLEEP, factor * Bench.POOL_SIZE);
        return new Row("sleep", sleepTitle(factor), Rival.SUBMIT, with(own), Metric.SHARE, bench.scale().sleepRounds,
            new Loads(bench).cases(run, Rival.CAPTURERS));
    }

    static List<Row> sqlite(Bench bench) {
        Loads loads = new Loads(bench);
        return List.of(loads.sqlite(POINTS, Load.POINT, QUERY_CALLERS, Metric.TIME),
            loads.sqlite(SCANS, Load.SCAN, FEW_CALLERS, Metric.P999),
            loads.sqlite(QUERIES, Load.QUERY, FEW_CALLERS, Metric.P999),
            loads.sqlite(INSERTS, Load.BUSY, FEW_CALLERS, Metric.P999));
    }

    private Row sqlite(String title, Load load, int callers, Metric plotted) {
        return new Row("sqlite", title, Rival.SUBMIT, with(CALL), plotted, bench.scale().loadRounds,
            cases(run(bench, load, callers), SQLITE));
    }

    static List<Row> rocksdb(Bench bench) {
        Loads loads = new Loads(bench);
        int keys = bench.scale().keys;
        return List.of(loads.rocksdb("RocksDB: gets, 32 callers", Load.GET, QUERY_CALLERS, Metric.TIME),
            loads.rocksdb("RocksDB: iterations over %,d keys, 2 callers".formatted(keys), Load.ITERATE, 2, Metric.TIME),
            loads.rocksdb(COMPACTIONS + "%,d keys, 4 callers".formatted(keys), Load.COMPACT, FEW_CALLERS, Metric.P999));
    }

    /** Whether the callers of a row wait most of the time, instead of computing in native code. */
    static boolean blocks(Row row) {
        return row.section().equals("sleep") || row.title().equals(INSERTS) || row.title().startsWith(COMPACTIONS);
    }

    private Row rocksdb(String title, Load load, int callers, Metric plotted) {
        return new Row("rocksdb", title, Rival.BARE, with(CALL), plotted, bench.scale().loadRounds,
            cases(run(bench, load, callers), ROCKSDB));
    }

    static List<Row> mixed(Bench bench) {
        int phase = bench.scale().loadMillis * 2 / 3;
        Loads loads = new Loads(bench);
        return List.of(loads.mixed(RARELY_LONG, Load.RARELY_LONG, phase), loads.mixed(HALF_LONG, Load.HALF_LONG, phase),
            loads.mixed(PHASES_TITLE, Load.PHASES, phase));
    }

    private Row mixed(String title, Load load, int phase) {
        List<Metric> own = List.of(Metric.RATE, Metric.LONG_RATE, Metric.CPU);
        Run run = new Run(load, MIXED_CALLERS, phase, PHASES / 2 * phase, PHASES * phase, Bench.CARRIERS);
        return new Row("mixed", title, Rival.TPOOL_GUARD, with(own), Metric.RATE, bench.scale().loadRounds,
            cases(run, MIXED));
    }

    /** A bystander beside calls that capture the only carrier. */
    static Row captures(Bench bench, String title, Load load, int callers) {
        Scale scale = bench.scale();
        Run run = new Run(load, callers, scale.keys, scale.warmMillis, CAPTURES_LONGER * scale.loadMillis, 1);
        return new Row("captures", title, Rival.BARE, BYSTANDER, Metric.P999, scale.loadRounds,
            new Loads(bench).cases(run, List.of(Rival.BARE, Rival.TPOOL_GUARD)));
    }

    /** What it costs to find out what to list. */
    static List<Row> discovery(Bench bench) {
        List<Metric> metrics = List.of(Metric.TIME, Metric.CPU, Metric.WATCHING);
        int millis = bench.scale().discoveryMillis;
        Run run = new Run(Load.POINT, QUERY_CALLERS, 0, millis, millis, Bench.CARRIERS);
        return List.of(new Row("discover", DISCOVERY, Rival.BARE, metrics, Metric.TIME, bench.scale().discoveryRounds,
            new Loads(bench).cases(run, List.of(Rival.BARE, Rival.TPOOL_DISCOVER))));
    }

    private static Run run(Bench bench, Load load, int callers) {
        return new Run(load, callers, bench.scale().keys, bench.scale().warmMillis, bench.scale().loadMillis,
            Bench.CARRIERS);
    }

    private static List<Metric> with(List<Metric> own) {
        List<Metric> metrics = new ArrayList<>(own);
        metrics.addAll(BYSTANDER);
        return metrics;
    }

    private List<Case> cases(Run run, List<Rival> rivals) {
        return Sections.cases(bench, rivals, rival -> () -> measure(rival, run));
    }

    private Map<Metric, Double> measure(Rival rival, Run run) throws Exception {
        Map<Metric, Double> figures = (rival == Rival.GO
            ? new GoProgram(bench).run("sleep", run.callers, run.warmMillis, run.millis)
            : bench.jvm(rival, run.carriers)
            .run(LoadApp.class, rival.way(), run.load, run.callers, Bench.POOL_SIZE, run.warmMillis,
                run.millis, data(run.load), run.size)).figures(KEYS);
        double idealNanos = (double) Load.SLEEP_MILLIS * NANOS_PER_MILLI / Bench.POOL_SIZE;
        figures.put(Metric.SHARE, idealNanos / figures.get(Metric.TIME));
        return figures;
    }

    private Path data(Load load) throws IOException, SQLException {
        if (!load.isSqlite()) {
            return bench.results();
        }
        Path file = bench.results().resolve("benchmark.sqlite");
        Database.create(file);
        return file;
    }
}
