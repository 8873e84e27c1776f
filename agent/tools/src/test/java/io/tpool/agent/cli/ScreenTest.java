// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
    private static final AnsiStyle PLAIN = new AnsiStyle(false, true);
    private static final RowSelection CALLED = new RowSelection(false, false, Integer.MAX_VALUE);
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"20, 5", "20, 10", "40, 3", "80, 24", "100, 50", "250, 12", "1, 1", "8, 4"})
    void noLineIsLongerThanTheScreenIsWideAndNoneIsBelowIt(int columns, int rows) {
        List<String> lines = new Screen(PLAIN, columns, rows, CALLED).lines(history(30), "every 1s, q leaves");
        assertTrue(lines.size() <= rows, () -> lines.size() + " lines");
        lines.forEach(line -> assertTrue(line.length() <= columns, () -> line.length() + " columns: " + line));
    }

    @Test
    void aNarrowScreenShowsTheNameAndWhatMattersMost() {
        String screen = String.join("\n", new Screen(PLAIN, 20, 24, CALLED).lines(history(2), ""));
        assertTrue(screen.contains("CALLS/s") && screen.contains("BUSY"), screen);
        assertFalse(screen.contains("STUCK"), screen);
    }

    @Test
    void methodsThatKeptACarrierJustNowComeFirst() {
        List<String> lines = new Screen(PLAIN, 160, 24, CALLED).lines(history(3), "");
        assertEquals(List.of("com.acme.Store#read2()", "com.acme.Store#read1()", "com.acme.Store#read0()"),
            lines.stream().filter(line -> line.startsWith("com.")).map(line -> line.split(" ")[0]).toList());
    }

    @Test
    void whatDoesNotFitIsCounted() {
        List<String> lines = new Screen(PLAIN, 80, 12, CALLED).lines(history(30), "");
        assertEquals(12, lines.size());
        assertEquals("27 more", lines.get(11));
    }

    @Test
    void colourIsForThoseWhoHaveIt() {
        assertFalse(String.join("", new Screen(PLAIN, 80, 24, CALLED).lines(history(3), "")).contains("\u001b"));
        assertTrue(String.join("", new Screen(new AnsiStyle(true, true), 80, 24, CALLED).lines(history(3), ""))
            .contains("\u001b[1;31m"));
    }

    @Test
    void withoutUnicodeEveryCharacterIsAscii() {
        String screen = String.join("", new Screen(new AnsiStyle(false, false), 160, 24, CALLED).lines(history(3), ""));
        assertTrue(screen.chars().allMatch(c -> c < 128), screen);
    }

    @Test
    void methodsThatHoldMostCarriersComeFirstAmongTheCaptures() {
        List<String> lines = new Screen(PLAIN, 160, 40, CALLED).lines(history(3), "");
        assertEquals("guard on: 2 carriers, 1 captured, 1 lent (most 5); captures 21, starved 1 (longest 20 ms)",
            lines.get(2));
        assertEquals(List.of("org.acme.Db#step2 2.0", "org.acme.Db#step1 1.0", "org.acme.Db#step0 0.0"),
            lines.stream().filter(line -> line.startsWith("org.")).map(line ->
                line.replaceFirst("(\\S+) +(\\S+).*", "$1 $2")).toList());
        assertTrue(lines.stream().anyMatch(line -> line.contains("list native org.acme.Db#step2 (the method itself)")),
            lines::toString);
    }

    @Test
    void anAgentWithoutAGuardIsShownToo() {
        History history = new History();
        history.add(Rows.snapshot("0.9", null, List.of(), List.of(), List.of(), SECOND));
        List<String> lines = new Screen(PLAIN, 80, 24, CALLED).lines(history, "");
        assertFalse(lines.stream().anyMatch(line -> line.contains("guard")), lines::toString);
    }

    @Test
    void afterAResetNoRateIsBelowNought() {
        History history = history(2);
        history.add(snapshot(2, 0, 9 * SECOND));
        assertTrue(history.methods().stream().allMatch(trend -> trend.calls() == 0 && trend.stuck() == 0));
    }

    private static History history(int methods) {
        History history = new History();
        history.add(snapshot(methods, 1_000, SECOND));
        history.add(snapshot(methods, 3_000, 3 * SECOND));
        assertEquals(1_000 + 1_000 * (methods - 1), history.methods().get(0).calls(), 1e-6);
        return history;
    }

    private static List<Row> captures(int methods, long millis) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < methods; i++) {
            rows.add(Rows.of(Columns.CAPTURES, "org.acme.Db#step" + i, "native", 7, i * millis, 90, 3,
                "com.acme.Store#read()", "list native org.acme.Db#step" + i + " (the method itself)"));
        }
        rows.sort(Snapshot.WORST_FIRST);
        return rows;
    }

    /** Of the method with the number N, N times as many calls are pinned as are offloaded. */
    private static Snapshot snapshot(int methods, long calls, long nanos) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < methods; i++) {
            rows.add(Rows.of(Columns.METHODS, "com.acme.Store#read" + i + "()", "default", "tpool", calls, 0,
                i * calls, 3, 40, 1_200, 5_000, 80_000, 2_000_000));
        }
        Row guard = Rows.of(Columns.GUARD, "on", 1_000, 2, 1, 1, 5, 1_024, 7L * methods, methods * calls, 1, 20, 20);
        Row pool = Rows.of(Columns.POOLS, "default", 64, 512, 64, 64, 48, 12, 90, calls, 0, 2);
        return Rows.snapshot("1.0", guard, captures(methods, calls), List.of(pool), rows, nanos);
    }
}
