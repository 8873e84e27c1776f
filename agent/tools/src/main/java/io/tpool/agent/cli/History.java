// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

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

    /** What a row's figures did since the snapshot before. */
    interface Trend {
        Row row();

        /** One figure in the last snapshots. */
        double[] trail();
    }

    /** A method and what it did since the snapshot before. */
    record MethodTrend(Row row, double calls, double stuck, double[] trail) implements Trend {
        /** Pool threads that it kept busy, roughly. */
        double load() {
            return calls * row.number("runP50Micros") / 1e6;
        }
    }

    /** A pool and what it did since the snapshot before. */
    record PoolTrend(Row row, double calls, double[] trail) implements Trend {
    }

    /** A capturing method, and how many carriers it held on average since the snapshot before. */
    record CaptureTrend(Row row, double carriers, double[] trail) implements Trend {
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
        Map<String, Row> methodsBefore = new HashMap<>();
        Map<String, Row> poolsBefore = new HashMap<>();
        Map<String, Row> capturesBefore = new HashMap<>();
        double seconds = 0;
        if (last != null) {
            last.captures().forEach(row -> capturesBefore.put(row.text("method"), row));
            last.methods().forEach(row -> methodsBefore.put(row.text("method"), row));
            last.pools().forEach(row -> poolsBefore.put(row.text("name"), row));
            seconds = (now.nanos() - last.nanos()) / 1e9;
        }
        last = now;
        methods = trendsOfMethods(methodsBefore, seconds);
        pools = trendsOfPools(poolsBefore, seconds);
        captures = trendsOfCaptures(capturesBefore, seconds);
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

    private List<CaptureTrend> trendsOfCaptures(Map<String, Row> rowsBefore, double seconds) {
        List<CaptureTrend> trends = new ArrayList<>();
        for (Row row : last.captures()) {
            Row before = rowsBefore.getOrDefault(row.text("method"), row);
            double carriers = perSecond(row.number("millis") - before.number("millis"), seconds) / 1_000;
            trends.add(new CaptureTrend(row, carriers, trail("capture " + row.text("method")).add(carriers)));
        }
        trends.sort(Comparator.comparingDouble(CaptureTrend::carriers).reversed()
            .thenComparing(CaptureTrend::row, Snapshot.WORST_FIRST));
        return trends;
    }

    private List<MethodTrend> trendsOfMethods(Map<String, Row> rowsBefore, double seconds) {
        List<MethodTrend> trends = new ArrayList<>();
        for (Row row : last.methods()) {
            Row before = rowsBefore.getOrDefault(row.text("method"), row);
            double calls = perSecond(Snapshot.calls(row) - Snapshot.calls(before), seconds);
            trends.add(new MethodTrend(row, calls, perSecond(Snapshot.stuck(row) - Snapshot.stuck(before), seconds),
                trail(row.text("method")).add(calls)));
        }
        trends.sort(Comparator.comparingDouble(MethodTrend::stuck).reversed()
            .thenComparing(Comparator.comparingDouble(MethodTrend::load).reversed())
            .thenComparing(MethodTrend::row, Snapshot.BY_PAIN));
        return trends;
    }

    private List<PoolTrend> trendsOfPools(Map<String, Row> rowsBefore, double seconds) {
        List<PoolTrend> trends = new ArrayList<>();
        for (Row row : last.pools()) {
            Row before = rowsBefore.getOrDefault(row.text("name"), row);
            double calls = perSecond(row.number("CompletedCount") - before.number("CompletedCount"), seconds);
            trends.add(new PoolTrend(row, calls, trail("pool " + row.text("name")).add(row.number("ActiveCount"))));
        }
        trends.sort(Comparator.comparingLong((PoolTrend trend) -> trend.row().number("QueueDepth")).reversed()
            .thenComparing(Comparator.comparingLong((PoolTrend trend) -> trend.row().number("ActiveCount")).reversed())
            .thenComparing(trend -> trend.row().text("name")));
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
