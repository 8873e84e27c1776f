package io.tpool.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All that is measured. */
final class Sections {
    /** Whom the smallest scale is content with, in the first row of each section. */
    private static final Set<Rival> FEW = Set.of(Rival.BARE, Rival.TPOOL, Rival.SUBMIT, Rival.KOTLIN, Rival.NOTHING, Rival.JACOCO,
        Rival.TPOOL_ABSENT, Rival.TPOOL_ONE, Rival.TPOOL_DISCOVER);

    private Sections() {
    }

    /**
     * Lists the rows.
     *
     * @param bench where they are to be measured
     * @param only names of sections; empty: all
     */
    static List<Row> of(Bench bench, Set<String> only) throws Exception {
        List<Row> rows = new ArrayList<>();
        rows.addAll(Calls.rows(bench));
        rows.addAll(Loads.sleeps(bench));
        rows.addAll(Loads.sqlite(bench));
        rows.addAll(Loads.discovery(bench));
        rows.addAll(Threads.rows(bench));
        rows.addAll(StartUp.rows(bench));
        Set<String> seen = new HashSet<>();
        rows.removeIf(row -> !only.isEmpty() && !only.contains(row.section())
            || !seen.add(row.section()) && bench.scale() == Scale.SMALLEST);
        return rows;
    }

    /** The cases of a row: those of these rivals that this scale measures. */
    static List<Case> cases(Bench bench, List<Rival> rivals, Function<Rival, Case.Measurement> measurement) {
        return rivals.stream().filter(rival -> bench.scale() != Scale.SMALLEST || FEW.contains(rival))
            .map(rival -> new Case(rival, measurement.apply(rival))).toList();
    }
}
