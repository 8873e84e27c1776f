// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.management.CapturingMethodRow;
import io.tpool.management.MethodRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has changed from snapshot to snapshot. */
final class History {
    static final int LENGTH = 16;

    private final Map<String, Trail> trails = new HashMap<>();
    private Snapshot last;
    private List<MethodTrend> methods = List.of();
    private List<PoolTrend> pools = List.of();
    private List<CaptureTrend> captures = List.of();

    /** A method and what it did since the snapshot before. */
    record MethodTrend(MethodRow row, double calls, double stuck, double[] trail) {
        /** Pool threads that it kept busy, roughly. */
        double load() {
            return calls * row.runP50Micros() / 1e6;
        }
    }

    /** A pool and what it did since the snapshot before. */
    record PoolTrend(PoolRow row, double calls, double[] trail) {
    }

    /** A capturing method, and how many carriers it held on average since the snapshot before. */
    record CaptureTrend(CapturingMethodRow row, double captures, double carriers, double[] trail) {
    }

    private static final class Trail {
        private final Deque<Double> values = new ArrayDeque<>();

        double[] add(double value) {
            values.add(value);
            if (values.size() > LENGTH) {
                values.remove();
            }
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    void add(Snapshot now) {
        Map<String, MethodRow> methodsBefore = new HashMap<>();
        Map<String, PoolRow> poolsBefore = new HashMap<>();
        Map<String, CapturingMethodRow> capturesBefore = new HashMap<>();
        double seconds = 0;
        if (last != null) {
            capturesOf(last).forEach(row -> capturesBefore.put(row.method(), row));
            last.methods().forEach(row -> methodsBefore.put(row.method(), row));
            last.pools().forEach(row -> poolsBefore.put(row.name(), row));
            seconds = (now.nanos() - last.nanos()) / 1e9;
        }
        last = now;
        methods = trendsOfMethods(methodsBefore, seconds);
        pools = trendsOfPools(poolsBefore, seconds);
        captures = trendsOfCaptures(capturesBefore, seconds);
    }

    private static List<CapturingMethodRow> capturesOf(Snapshot snapshot) {
        return snapshot.guard() == null ? List.of() : snapshot.guard().captures();
    }

    /** The last snapshot. */
    Snapshot last() {
        return last;
    }

    /**
     * What hurts first: what kept a carrier just now, then what keeps most pool threads busy, then what did either
     * before.
     */
    List<MethodTrend> methods() {
        return methods;
    }

    /** Those in which calls wait first, then those with most threads busy. */
    List<PoolTrend> pools() {
        return pools;
    }

    /** Those that hold most carriers just now first, then those that did before. */
    List<CaptureTrend> captures() {
        return captures;
    }

    private List<CaptureTrend> trendsOfCaptures(Map<String, CapturingMethodRow> rowsBefore, double seconds) {
        List<CaptureTrend> trends = new ArrayList<>();
        for (CapturingMethodRow row : capturesOf(last)) {
            CapturingMethodRow before = rowsBefore.getOrDefault(row.method(), row);
            double carriers = perSecond(row.millis() - before.millis(), seconds) / 1_000;
            trends.add(new CaptureTrend(row, perSecond(row.count() - before.count(), seconds), carriers,
                trail("capture " + row.method()).add(carriers)));
        }
        trends.sort(Comparator.comparingDouble(CaptureTrend::carriers).reversed()
            .thenComparing(CaptureTrend::row, GuardStatus.WORST_FIRST));
        return trends;
    }

    private List<MethodTrend> trendsOfMethods(Map<String, MethodRow> rowsBefore, double seconds) {
        List<MethodTrend> trends = new ArrayList<>();
        for (MethodRow row : last.methods()) {
            MethodRow before = rowsBefore.getOrDefault(row.method(), row);
            double calls = perSecond(row.calls() - before.calls(), seconds);
            trends.add(new MethodTrend(row, calls, perSecond(Snapshot.stuck(row) - Snapshot.stuck(before), seconds),
                trail(row.method()).add(calls)));
        }
        trends.sort(Comparator.comparingDouble(MethodTrend::stuck).reversed()
            .thenComparing(Comparator.comparingDouble(MethodTrend::load).reversed())
            .thenComparing(MethodTrend::row, Snapshot.BY_PAIN));
        return trends;
    }

    private List<PoolTrend> trendsOfPools(Map<String, PoolRow> rowsBefore, double seconds) {
        List<PoolTrend> trends = new ArrayList<>();
        for (PoolRow row : last.pools()) {
            PoolRow before = rowsBefore.getOrDefault(row.name(), row);
            double calls = perSecond(row.completed() - before.completed(), seconds);
            trends.add(new PoolTrend(row, calls, trail("pool " + row.name()).add(row.active())));
        }
        trends.sort(Comparator.comparingInt((PoolTrend trend) -> trend.row().queued()).reversed()
            .thenComparing(Comparator.comparingInt((PoolTrend trend) -> trend.row().active()).reversed())
            .thenComparing(trend -> trend.row().name()));
        return trends;
    }

    private Trail trail(String name) {
        return trails.computeIfAbsent(name, key -> new Trail());
    }

    /** Below zero after a reset: nothing is known then. */
    private static double perSecond(long calls, double seconds) {
        return calls < 0 || seconds <= 0 ? 0 : calls / seconds;
    }
}
