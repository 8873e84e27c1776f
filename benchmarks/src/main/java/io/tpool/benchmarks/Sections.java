package io.tpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All that is measured. */
final class Sections {
    /** Whom the smallest scale is content with. */
    private static final Set<Rival> FEW = Set.of(Rival.BARE, Rival.TPOOL, Rival.TPOOL_OFF, Rival.SUBMIT, Rival.KOTLIN, Rival.NOTHING, Rival.JACOCO,
        Rival.TPOOL_ABSENT, Rival.TPOOL_ONE);

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
        rows.addAll(Threads.rows(bench));
        rows.addAll(StartUp.rows(bench));
        rows.removeIf(row -> !only.isEmpty() && !only.contains(row.section()));
        return rows;
    }

    /** The cases of a row: those of these rivals that this scale measures. */
    static List<Case> cases(Bench bench, List<Rival> rivals, Function<Rival, Case.Measurement> measurement) {
        return rivals.stream().filter(rival -> bench.scale() != Scale.SMALLEST || FEW.contains(rival))
            .map(rival -> new Case(rival, measurement.apply(rival))).toList();
    }

    /** All of these, or the one that this scale is content with. */
    static <T> List<T> choice(Bench bench, List<T> full, T one) {
        return bench.scale() == Scale.FULL ? full : List.of(one);
    }
}
