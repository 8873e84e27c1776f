// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The figures that were promised, and what came out. */
final class Targets {
    private static final int MOST_BYSTANDER_MILLIS = 2;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double LEAST_SHARE = 0.97;
    private static final double IDLE_RATIO = 0.8;
    private static final double START_RATIO = 1.2;
    private static final double STATISTICS_RATIO = 0.1;
    private static final double DISCOVERY_RATIO = 1.02;
    private static final int SLEEP_FACTOR = 3;
    private static final int MANY_FACTOR = 30;
    private static final double SLEEP_RATIO = 1.15;
    private static final int MOST_LATE_MILLIS = 5;
    private static final int MOST_LATE_COMPUTING_MILLIS = 50;
    private static final int MOST_GAP_MILLIS = 100;
    private static final double HOGS_RATIO = 1.02;
    private static final double RATE_RATIO = 0.98;
    private static final double LATENCY_RATIO = 1.05;
    private static final double HTTP_RATIO = 1.03;
    private static final double IDLE_SHARE = 0.001;
    private static final double BUSY_SHARE = 0.01;
    private static final int MOST_STAYING_NANOS = 3;
    private static final double LISTED_RATIO = 1.05;
    private static final double MIXED_RATIO = 0.95;
    private static final String LATE = "bystander's p99.9 over idle";

    private final List<Row> rows;
    private final Results results;
    private final List<Target> targets = new ArrayList<>();

    private Targets(List<Row> rows, Results results) {
        this.rows = rows;
        this.results = results;
    }

    /**
     * A promise.
     *
     * @param figure what was promised
     * @param limit how much at most, or at least
     * @param measured what came out
     * @param met whether that is within the limit
     */
    record Target(String figure, String limit, String measured, boolean met) {
    }

    /** Those whose rows have been measured. */
    static List<Target> of(List<Row> rows, Results results) {
        Targets targets = new Targets(rows, results);
        targets.ofModeTpool();
        targets.ofModeAuto();
        targets.ofTheGuard();
        targets.ratio(Loads.DISCOVERY, Rival.TPOOL_DISCOVER, Rival.BARE, Metric.TIME, DISCOVERY_RATIO);
        targets.ratio(StartUp.HELLO, Rival.TPOOL_ABSENT, Rival.NOTHING, Metric.PROCESS_CPU, START_RATIO);
        targets.ratio(StartUp.HELLO, Rival.TPOOL_ONE, Rival.JACOCO, Metric.PROCESS_CPU, 1);
        return targets.targets;
    }

    private void ofModeTpool() {
        difference(Calls.ON_PLATFORM, Rival.TPOOL, Metric.TIME, Rival.BARE, Metric.TIME, 1, "over the bare call");
        ratio(Calls.IDLE_HOP, Rival.TPOOL, Rival.SUBMIT, Metric.TIME, IDLE_RATIO);
        for (String row : List.of(Calls.HUNDRED, Calls.TEN_THOUSAND)) {
            ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.TIME, 1);
            ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.ALLOCATED, 1);
        }
        for (int breakMillis : List.of(0, 1)) {
            for (Rival rival : List.of(Rival.SUBMIT, Rival.KOTLIN)) {
                ratio(Paces.title(1, breakMillis), Rival.TPOOL, rival, Metric.TIME, 1);
                ratio(Paces.title(1, breakMillis), Rival.TPOOL, rival, Metric.CPU, 1);
            }
        }
        String sleeps = Loads.sleepTitle(SLEEP_FACTOR);
        atLeast(sleeps, Rival.TPOOL, Metric.SHARE, LEAST_SHARE);
        difference(sleeps, Rival.TPOOL, Metric.P999, Rival.TPOOL, Metric.IDLE_P999,
            MOST_BYSTANDER_MILLIS * NANOS_PER_MILLI, LATE);
        ratio(Calls.HUNDRED, Rival.TPOOL_STATISTICS, Rival.TPOOL, Metric.TIME, STATISTICS_RATIO);
    }

    private void ofModeAuto() {
        difference(Calls.STAYING, Rival.TPOOL_AUTO, Metric.TIME, Rival.BARE, Metric.TIME, MOST_STAYING_NANOS,
            "over the bare call");
        difference(Calls.STAYING, Rival.TPOOL_AUTO, Metric.ALLOCATED, Rival.BARE, Metric.ALLOCATED, 0.5,
            "heap over the bare call's");
        for (String row : List.of(Loads.POINTS, Loads.SCANS)) {
            ratio(row, Rival.TPOOL_AUTO_NATIVE, Rival.BARE, Metric.TIME, LISTED_RATIO);
            lateness(row, Rival.TPOOL_AUTO_NATIVE, MOST_LATE_MILLIS);
        }
        for (Row row : inSection("rocksdb")) {
            if (row.plotted() == Metric.TIME) {
                ratio(row.title(), Rival.TPOOL_AUTO_ROCKSDB, Rival.BARE, Metric.TIME, LISTED_RATIO);
            }
            lateness(row.title(), Rival.TPOOL_AUTO_ROCKSDB, MOST_LATE_MILLIS);
        }
        for (Row row : inSection("mixed")) {
            againstTheBetter(row, Metric.RATE);
            againstTheBetter(row, Metric.LONG_RATE);
            lateness(row.title(), Rival.TPOOL_AUTO, MOST_LATE_MILLIS);
        }
    }

    private void ofTheGuard() {
        atLeast(Loads.sleepTitle(SLEEP_FACTOR), Rival.TPOOL_GUARD, Rival.TPOOL, Metric.SHARE, SLEEP_RATIO);
        difference(Loads.sleepTitle(MANY_FACTOR), Rival.TPOOL_GUARD, Metric.P99, Rival.TPOOL_GUARD, null,
            MOST_LATE_MILLIS * NANOS_PER_MILLI, "bystander's p99");
        for (String section : List.of("sqlite", "rocksdb")) {
            inSection(section).forEach(row -> lateness(row.title(), Rival.TPOOL_GUARD,
                Loads.blocks(row) ? MOST_LATE_MILLIS : MOST_LATE_COMPUTING_MILLIS));
        }
        for (Row row : inSection("hogs")) {
            if (row.metrics().contains(Metric.RATE)) {
                atLeast(row.title(), Rival.TPOOL_GUARD, Rival.BARE, Metric.RATE, RATE_RATIO);
                ratio(row.title(), Rival.TPOOL_GUARD, Rival.BARE, Metric.LATENCY, LATENCY_RATIO);
            } else {
                ratio(row.title(), Rival.TPOOL_GUARD, Rival.BARE, Metric.PROCESS_TIME, HOGS_RATIO);
                difference(row.title(), Rival.TPOOL_GUARD, Metric.GAP, Rival.TPOOL_GUARD, null,
                    MOST_GAP_MILLIS * NANOS_PER_MILLI, "bystander's worst gap");
            }
        }
        for (String row : List.of(Requests.BACK_TO_BACK, Requests.PACED)) {
            ratio(row, Rival.TPOOL_GUARD, Rival.BARE, Metric.CPU, HTTP_RATIO);
        }
        share(GuardCosts.NO_VIRTUAL_THREADS, 0);
        share(GuardCosts.IDLE, IDLE_SHARE);
        share(GuardCosts.YIELDING, BUSY_SHARE);
        share(GuardCosts.PING_PONG, BUSY_SHARE);
    }

    static String describe(List<Target> targets) {
        StringBuilder text = new StringBuilder("\nTargets\n");
        for (Target target : targets) {
            text.append("  %-140s %-16s %-10s %s%n".formatted(target.figure, target.limit, target.measured,
                target.met ? "met" : "MISSED"));
        }
        return text.toString();
    }

    private void lateness(String title, Rival rival, int mostMillis) {
        difference(title, rival, Metric.P999, rival, Metric.IDLE_P999, mostMillis * NANOS_PER_MILLI, LATE);
    }

    private void share(String title, double most) {
        for (Row row : named(title)) {
            results.median(row, Rival.TPOOL_GUARD, Metric.GUARD).ifPresent(value -> add(title,
                "at most " + Unit.SHARE.format(most), Unit.SHARE.format(value), value <= most));
        }
    }

    private void atLeast(String title, Rival rival, Metric metric, double least) {
        for (Row row : named(title)) {
            String figure = title + ": " + metric.title() + ", " + rival.title();
            results.median(row, rival, metric).ifPresent(value -> add(figure,
                "at least " + metric.unit().format(least), metric.unit().format(value), value >= least));
        }
    }

    private void atLeast(String title, Rival rival, Rival to, Metric metric, double least) {
        for (Row row : named(title)) {
            results.ratio(row, rival, to, metric).ifPresent(ratio -> add(against(title, metric, rival, to),
                "at least " + times(least), times(ratio), ratio >= least));
        }
    }

    /** What auto reaches of what the better of its two choices does, if one had known which. */
    private void againstTheBetter(Row row, Metric metric) {
        OptionalDouble guard = results.median(row, Rival.TPOOL_GUARD, metric);
        OptionalDouble tpool = results.median(row, Rival.TPOOL, metric);
        if (guard.isPresent() && tpool.isPresent()) {
            Rival better = guard.getAsDouble() > tpool.getAsDouble() ? Rival.TPOOL_GUARD : Rival.TPOOL;
            atLeast(row.title(), Rival.TPOOL_AUTO, better, metric, MIXED_RATIO);
        }
    }

    /** A figure less another of a rival's, if there is one to subtract. */
    private void difference(String title, Rival rival, Metric metric, Rival other, Metric otherMetric, double most,
        String what) {
        for (Row row : named(title)) {
            OptionalDouble own = results.median(row, rival, metric);
            OptionalDouble base = otherMetric == null ? OptionalDouble.of(0) : results.median(row, other, otherMetric);
            if (own.isPresent() && base.isPresent()) {
                double over = own.getAsDouble() - base.getAsDouble();
                add(title + ": " + what + ", " + rival.title(), "at most " + metric.unit().format(most),
                    metric.unit().format(over), over <= most);
            }
        }
    }

    private void ratio(String title, Rival rival, Rival to, Metric metric, double most) {
        for (Row row : named(title)) {
            results.ratio(row, rival, to, metric).ifPresent(ratio -> add(against(title, metric, rival, to),
                "at most " + times(most), times(ratio), ratio <= most));
        }
    }

    private void add(String figure, String limit, String measured, boolean met) {
        targets.add(new Target(figure, limit, measured, met));
    }

    private static String against(String title, Metric metric, Rival rival, Rival to) {
        return title + ": " + metric.title() + ", " + rival.title() + " against " + to.title();
    }

    private static String times(double ratio) {
        return Unit.digits(ratio) + "×";
    }

    private List<Row> named(String title) {
        return rows.stream().filter(row -> row.title().equals(title)).toList();
    }

    private List<Row> inSection(String section) {
        return rows.stream().filter(row -> row.section().equals(section)).toList();
    }
}
