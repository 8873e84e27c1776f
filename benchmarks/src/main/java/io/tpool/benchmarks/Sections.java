// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** All that is measured. */
final class Sections {
    /** Whom the smallest scale is content with, in the first row of each section. */
    private static final Set<Rival> FEW =
        Set.of(Rival.BARE, Rival.TPOOL, Rival.SUBMIT, Rival.KOTLIN, Rival.NOTHING, Rival.JACOCO,
        Rival.TPOOL_ABSENT, Rival.TPOOL_ONE, Rival.TPOOL_DISCOVER,
        Rival.TPOOL_GUARD, Rival.TPOOL_AUTO, Rival.GO);

    private static final Map<String, Section> ALL = new LinkedHashMap<>();

    static {
        ALL.put("call", Calls::notMoving);
        ALL.put("hop", Calls::hops);
        ALL.put("pace", Paces::rows);
        ALL.put("sleep", Loads::sleeps);
        ALL.put("sqlite", Loads::sqlite);
        ALL.put("rocksdb", Loads::rocksdb);
        ALL.put("mixed", Loads::mixed);
        ALL.put("captures", CaptureKinds::rows);
        ALL.put("hogs", Hogs::rows);
        ALL.put("guard", GuardCosts::rows);
        ALL.put("http", Requests::rows);
        ALL.put("discover", Loads::discovery);
        ALL.put("memory", ThreadMemory::rows);
        ALL.put("start", StartUp::rows);
    }

    @FunctionalInterface
    private interface Section {
        List<Row> rows(Bench bench) throws Exception;
    }

    private Sections() {
    }

    /** Their names, in the order in which they are measured. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * Lists the rows.
     *
     * @param bench where they are to be measured
     * @param only names of sections; empty: all
     */
    static List<Row> of(Bench bench, Set<String> only) throws Exception {
        Set<String> unknown = new TreeSet<>(only);
        unknown.removeAll(ALL.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such section: " + unknown + "; there are " + ALL.keySet());
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Section> section : ALL.entrySet()) {
            if (only.isEmpty() || only.contains(section.getKey())) {
                List<Row> all = section.getValue().rows(bench);
                rows.addAll(bench.scale() == Scale.SMALLEST ? all.subList(0, 1) : all);
            }
        }
        return rows;
    }

    /** The cases of a row: those of these rivals that this scale measures. */
    static List<Case> cases(Bench bench, List<Rival> rivals, Function<Rival, Case.Measurement> measurement) {
        return rivals.stream().filter(rival -> bench.scale() != Scale.SMALLEST || FEW.contains(rival))
            .filter(rival -> rival != Rival.GO || GoProgram.isAvailable())
            .map(rival -> new Case(rival, measurement.apply(rival))).toList();
    }
}
