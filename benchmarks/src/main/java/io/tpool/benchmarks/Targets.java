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
        targets.overBare();
        targets.ratio(Calls.IDLE_HOP, Rival.TPOOL, Rival.SUBMIT, Metric.TIME, IDLE_RATIO);
        for (String row : List.of(Calls.HUNDRED, Calls.TEN_THOUSAND)) {
            targets.ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.TIME, 1);
            targets.ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.ALLOCATED, 1);
        }
        targets.sleeps();
        targets.ratio(Calls.HUNDRED, Rival.TPOOL_STATISTICS, Rival.TPOOL, Metric.TIME, STATISTICS_RATIO);
        targets.ratio(Loads.DISCOVERY, Rival.TPOOL_DISCOVER, Rival.BARE, Metric.TIME, DISCOVERY_RATIO);
        targets.ratio(StartUp.HELLO, Rival.TPOOL_ABSENT, Rival.NOTHING, Metric.PROCESS_CPU, START_RATIO);
        targets.ratio(StartUp.HELLO, Rival.TPOOL_ONE, Rival.JACOCO, Metric.PROCESS_CPU, 1);
        return targets.targets;
    }

    static String describe(List<Target> targets) {
        StringBuilder text = new StringBuilder("\nTargets\n");
        for (Target target : targets) {
            text.append("  %-105s %-14s %-10s %s%n".formatted(target.figure, target.limit, target.measured, target.met ? "met" : "MISSED"));
        }
        return text.toString();
    }

    private void overBare() {
        difference(Calls.ON_PLATFORM, Metric.TIME, Rival.BARE, Metric.TIME, 1, "over the bare call");
    }

    private void sleeps() {
        String title = Loads.sleepTitle(SLEEP_FACTOR);
        for (Row row : named(title)) {
            OptionalDouble share = results.median(row, Rival.TPOOL, Metric.SHARE);
            share.ifPresent(value -> targets.add(new Target(title + ": " + Metric.SHARE.title(), "at least 97 %", Unit.SHARE.format(value),
                value >= LEAST_SHARE)));
        }
        difference(title, Metric.P999, Rival.TPOOL, Metric.IDLE_P999, MOST_BYSTANDER_MILLIS * NANOS_PER_MILLI, "bystander's p99.9 over idle");
    }

    /** A figure of tpool's less another, in nanoseconds. */
    private void difference(String title, Metric metric, Rival other, Metric otherMetric, double most, String what) {
        for (Row row : named(title)) {
            OptionalDouble own = results.median(row, Rival.TPOOL, metric);
            OptionalDouble base = results.median(row, other, otherMetric);
            if (own.isPresent() && base.isPresent()) {
                double over = own.getAsDouble() - base.getAsDouble();
                targets.add(new Target(title + ": " + what, "at most " + Unit.NANOS.format(most), Unit.NANOS.format(over), over <= most));
            }
        }
    }

    private void ratio(String title, Rival rival, Rival to, Metric metric, double most) {
        for (Row row : named(title)) {
            results.ratio(row, rival, to, metric).ifPresent(ratio -> targets.add(new Target(title + ": " + metric.title() + ", " + rival.title()
                + " against " + to.title(), "at most " + Unit.digits(most) + "×", Unit.digits(ratio) + "×", ratio <= most)));
        }
    }

    private List<Row> named(String title) {
        return rows.stream().filter(row -> row.title().equals(title)).toList();
    }
}
