// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.MemoryApp;
import benchmarked.app.MemoryApp.Kind;
import java.util.List;
import java.util.Map;

/** What threads take up. */
final class ThreadMemory {
    private static final List<Rival> POOLS =
        List.of(Rival.TPOOL, Rival.TPOOL_HANDOFF, Rival.SUBMIT, Rival.SUPPLY, Rival.KOTLIN, Rival.SEMAPHORE);
    /** Platform threads cannot be started in any number. */
    private static final int MOST_PLATFORM_THREADS = 2_000;
    private static final int MANY = 10_000;

    private ThreadMemory() {
    }

    static List<Row> rows(Bench bench) {
        int pool = bench.scale().poolThreads;
        int waiting = bench.scale().waitingThreads;
        return List.of(
            row(bench, "a pool thread that is busy, and its caller; of " + pool, Kind.BUSY, pool, pool),
            row(bench, "a pool thread that is idle, and a caller that does not call; of " + pool, Kind.IDLE, pool,
            pool),
            row(bench, "a caller that waits for one of 64 pool threads; of %,d".formatted(waiting), Kind.WAITING,
            waiting, Bench.POOL_SIZE));
    }

    private static Row row(Bench bench, String title, Kind kind, int callers, int pool) {
        return new Row("memory", title, Rival.SUBMIT, List.of(Metric.HEAP, Metric.NATIVE), kind == Kind.WAITING
            ? Metric.HEAP : Metric.NATIVE,
            bench.scale().memoryRounds,
            Sections.cases(bench, POOLS, rival -> () -> measure(bench, rival, kind, callers, pool)));
    }

    private static Map<Metric, Double> measure(Bench bench, Rival rival, Kind kind, int callers,
        int pool) throws Exception {
        String heap = callers > MANY ? "1g" : "128m";   // to touch it all takes seconds
        Jvm jvm = new Jvm(bench.results())
        .options(List.of("--enable-native-access=ALL-UNNAMED", "-Xms" + heap, "-Xmx" + heap,
            "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")).options(rival.way().options(pool));
        if (rival.isTpool()) {
            // At its usual maximum the pool would grow: nothing gets done.
            jvm.option(bench.attached("pool.max=" + pool + ",pool.size=" + pool + "," + rival.agent()));
        }
        int threads = rival == Rival.SEMAPHORE ? Math.min(callers, MOST_PLATFORM_THREADS) : callers;
        Map<String, Double> results = jvm.run(MemoryApp.class, rival.way(), kind, threads, pool).results();
        return Map.of(Metric.HEAP, results.get("heap"), Metric.NATIVE, results.get("resident"));
    }
}
