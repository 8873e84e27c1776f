// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of all rounds. */
final class Results {
    private final Map<Row, Map<Rival, Map<Metric, List<Double>>>> figures = new LinkedHashMap<>();
    private final Map<Row, Map<Rival, String>> failures = new LinkedHashMap<>();

    void add(Row row, Rival rival, Map<Metric, Double> round) {
        Map<Metric, List<Double>> all = figures.computeIfAbsent(row, r -> new EnumMap<>(Rival.class))
            .computeIfAbsent(rival, r -> new EnumMap<>(Metric.class));
        round.forEach((metric, value) -> all.computeIfAbsent(metric, m -> new ArrayList<>()).add(value));
    }

    void addFailure(Row row, Rival rival, String why) {
        failures.computeIfAbsent(row, r -> new EnumMap<>(Rival.class)).putIfAbsent(rival, why);
    }

    /** Why a round of this gave no figures; null if all did. */
    String failure(Row row, Rival rival) {
        return failures.getOrDefault(row, Map.of()).get(rival);
    }

    /** One value for each round that gave one. */
    List<Double> rounds(Row row, Rival rival, Metric metric) {
        return figures.getOrDefault(row, Map.of()).getOrDefault(rival, Map.of()).getOrDefault(metric, List.of());
    }

    OptionalDouble median(Row row, Rival rival, Metric metric) {
        return median(rounds(row, rival, metric));
    }

    /** The median as a multiple of another's, if that is not nothing. */
    OptionalDouble ratio(Row row, Rival rival, Rival to, Metric metric) {
        OptionalDouble own = median(row, rival, metric);
        OptionalDouble other = median(row, to, metric);
        return own.isEmpty() || other.isEmpty() || other.getAsDouble() <= 0 ? OptionalDouble.empty()
            : OptionalDouble.of(own.getAsDouble() / other.getAsDouble());
    }

    static OptionalDouble median(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
