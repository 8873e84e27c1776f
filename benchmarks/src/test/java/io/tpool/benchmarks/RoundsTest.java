// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> order = new ArrayList<>();
    private final Rounds rounds =
        new Rounds(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

    @Test
    void theCasesOfASectionTakeTurns() {
        rounds.run(List.of(row("a", 2, "a1", Rival.BARE, Rival.TPOOL), row("a", 1, "a2", Rival.BARE),
            row("b", 1, "b1", Rival.BARE)));
        assertEquals(List.of("a1 BARE", "a1 TPOOL", "a2 BARE", "a1 BARE", "a1 TPOOL", "b1 BARE"), order);
    }

    @Test
    void whatFailsIsToldAndCostsNoOther() {
        Case failing = new Case(Rival.SUBMIT, () -> {
            throw new IllegalStateException("no such luck");
        });
        Row row = new Row("s", "t", Rival.BARE, List.of(Metric.TIME), Metric.TIME, 2,
            List.of(failing, noting("t", Rival.BARE)));
        Results results = rounds.run(List.of(row));
        assertEquals("no such luck", results.failure(row, Rival.SUBMIT));
        assertEquals(2, results.rounds(row, Rival.BARE, Metric.TIME).size());
    }

    private Row row(String section, int times, String title, Rival... rivals) {
        List<Case> cases = new ArrayList<>();
        for (Rival rival : rivals) {
            cases.add(noting(title, rival));
        }
        return new Row(section, title, Rival.BARE, List.of(Metric.TIME), Metric.TIME, times, cases);
    }

    private Case noting(String title, Rival rival) {
        return new Case(rival, () -> {
            order.add(title + " " + rival);
            return Map.of(Metric.TIME, 1.0);
        });
    }
}
