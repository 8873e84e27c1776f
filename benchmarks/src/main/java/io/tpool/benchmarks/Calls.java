// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.jmh.ManyCalls;
import benchmarked.jmh.OneCall;
import benchmarked.jmh.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls that do next to nothing, measured by JMH: what is seen is what surrounds them. */
final class Calls {
    static final String ON_PLATFORM = "woven method, called from a platform thread";
    static final String STAYING = "woven method that does next to nothing, called from a virtual thread";
    static final String DISABLED = "woven method, called from a virtual thread, enabled=false";
    static final String NESTED = "woven method, called from a woven method on a pool thread";
    static final String IDLE_HOP = "one hop, idle: no-op calls of 1 virtual thread";
    static final String HUNDRED = "no-op calls of 100 virtual threads on 64 pool threads";
    static final String TEN_THOUSAND = "no-op calls of 10,000 virtual threads on 64 pool threads";

    private static final List<Metric> ALL = List.of(Metric.TIME, Metric.CPU, Metric.ALLOCATED, Metric.SWITCHES);
    private static final String ON_VIRTUAL = "-Djmh.executor=VIRTUAL";

    private Calls() {
    }

    static List<Row> notMoving(Bench bench) {
        return List.of(
            one(bench, ON_PLATFORM, List.of(), List.of(Rival.BARE, Rival.TPOOL, Rival.TPOOL_AUTO, Rival.TPOOL_HANDOFF,
                Rival.BLOCKER, Rival.SEMAPHORE, Rival.SUBMIT, Rival.SUPPLY)),
            one(bench, STAYING, List.of(ON_VIRTUAL), List.of(Rival.BARE, Rival.TPOOL_AUTO, Rival.TPOOL, Rival.BLOCKER,
                Rival.SUBMIT, Rival.GO)),
            one(bench, DISABLED, List.of(ON_VIRTUAL),
            List.of(Rival.BARE, Rival.TPOOL_OFF, Rival.BLOCKER, Rival.SEMAPHORE, Rival.SUBMIT, Rival.SUPPLY)),
            nested(bench));
    }

    static List<Row> hops(Bench bench) {
        return List.of(many(bench, IDLE_HOP, 1, 1_000), withStatistics(bench, many(bench, HUNDRED, 100, 100)),
            many(bench, TEN_THOUSAND, 10_000, 20));
    }

    private static Row one(Bench bench, String title, List<String> options, List<Rival> rivals) {
        return new Row("call", title, Rival.BARE, List.of(Metric.TIME, Metric.CPU, Metric.ALLOCATED), Metric.TIME,
            bench.scale().callRounds, Sections.cases(bench, rivals, rival -> rival == Rival.GO ? () -> goNoOp(bench)
                : jmh(bench, OneCall.class, method(rival), rival, options, Map.of(), 0)));
    }

    /**
     * Go's call of C is no woven method, but what it is measured against: a call that has to be prepared for
     * blocking.
     */
    private static Map<Metric, Double> goNoOp(Bench bench) throws Exception {
        return new GoProgram(bench).run("nothing", bench.scale().iterations * bench.scale().iterationMillis)
            .figures(Map.of(Metric.TIME, "nanos", Metric.CPU, "cpu", Metric.ALLOCATED, "heap"));
    }

    private static Row nested(Bench bench) {
        return new Row("call", NESTED, Rival.BARE, List.of(Metric.TIME, Metric.CPU, Metric.ALLOCATED), Metric.TIME,
            bench.scale().callRounds,
            Sections.cases(bench, List.of(Rival.BARE, Rival.TPOOL, Rival.TPOOL_HANDOFF, Rival.BLOCKER),
                rival -> jmh(bench, OneCall.class, method(rival) + "Nested", rival, List.of(ON_VIRTUAL), Map.of(), 0)));
    }

    private static Row many(Bench bench, String title, int callers, int calls) {
        List<Rival> rivals = new ArrayList<>(Rival.CALLERS);
        rivals.addAll(Rival.PARTS);
        return new Row("hop", title, Rival.SUBMIT, ALL, Metric.TIME, bench.scale().callRounds,
            Sections.cases(bench, rivals, rival -> jmh(bench, ManyCalls.class, "all", rival, List.of(),
                Map.of("way", rival.way(), "callers", callers, "calls", calls, "poolSize", Bench.POOL_SIZE),
                callers * calls)));
    }

    /** The same row, with what the agent takes down of each call beside it. */
    private static Row withStatistics(Bench bench, Row row) {
        List<Case> cases = new ArrayList<>(row.cases());
        cases.addAll(Sections.cases(bench, List.of(Rival.TPOOL_STATISTICS),
            rival -> jmh(bench, Statistics.class, "taken", rival, List.of(), Map.of(), 0)));
        return new Row(row.section(), row.title(), row.reference(), row.metrics(), row.plotted(), row.rounds(), cases);
    }

    /** The methods of {@link OneCall} have the names of the ways. */
    private static String method(Rival rival) {
        return switch (rival.way()) {
            case DIRECT -> "direct";
            case LISTED -> "listed";
            case SUBMIT -> "submit";
            case SUPPLY -> "supply";
            case BLOCKER -> "blocker";
            case SEMAPHORE -> "semaphore";
            case KOTLIN ->
                throw new IllegalArgumentException("a thread that is not a coroutine does not call that way");
            case YIELDS -> throw new IllegalArgumentException("a platform thread does not yield that way");
        };
    }

    private static Jmh jmh(Bench bench, Class<?> benchmark, String method, Rival rival, List<String> options,
        Map<String, Object> parameters, int operations) {
        List<String> all = new ArrayList<>(options);
        all.addAll(rival.way().options(Bench.POOL_SIZE));
        if (rival.isTpool()) {
            all.add(bench.attached(rival, Bench.POOL_SIZE));
        }
        return new Jmh(bench, benchmark, method, all, parameters, operations);
    }
}
