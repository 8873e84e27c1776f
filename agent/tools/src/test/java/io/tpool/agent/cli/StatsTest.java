// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code stats} shows of a hundred methods. */
class StatsTest {
    private static final AnsiStyle PLAIN = new AnsiStyle(false, true);
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final String PATTERN = "java.sql.Statement+#execute*";

    @Test
    void methodsWithoutCallsAreLeftOutAndCounted() {
        List<String> lines = stats();
        assertEquals(9, methods(lines).size(), lines::toString);
        assertTrue(lines.contains("91 methods without a call that has ended or runs; --all shows them"),
            lines::toString);
        List<String> all = stats("--all");
        assertEquals(100, methods(all).size(), all::toString);
        assertFalse(String.join("", all).contains("without a call"), all::toString);
    }

    @Test
    void aMethodWhoseFirstCallIsUnderWayIsShown() {
        Row row = Rows.of(Columns.METHODS, "org.acme.Db#step99()", "default", "tpool");
        Snapshot running = new Snapshot("12", "1.0", "", true, null, List.of(), List.of(), List.of(row), Map.of(),
            Set.of("org.acme.Db#step99()"), 0, 0);
        assertEquals(List.of(row), selection().of(running).methods());
        assertEquals(1, selection("--by-pattern").of(running).methods().size());
    }

    @Test
    void methodsOfOnePatternAreOneRow() {
        List<String> lines = stats("--by-pattern");
        List<String> rows = lines.stream().filter(line -> line.startsWith(PATTERN)).toList();
        assertEquals(1, rows.size(), lines::toString);
        assertEquals(List.of(PATTERN + " (99 methods)", "default", "tpool", "3,600", "0", "0", "0", "40 µs", "1.20 ms",
            "9.00 ms", "80.0 ms", "2.00 s"), List.of(rows.get(0).strip().split(" {2,}")));
        assertEquals(List.of("org.acme.Db#step0()"), methods(lines));
    }

    @Test
    void theFirstRowsAreThoseThatHurtMost() {
        assertEquals(List.of("org.acme.Db#step8()", "org.acme.Db#step7()"), methods(stats("--top", "2")));
        assertEquals(List.of("org.acme.Db#step8()"), methods(stats("--top=1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 132, 200})
    void noTableIsWiderThanTheTerminal(int columns) {
        List<String> lines = new Stats(selection("--all"), PLAIN, columns).lines(snapshot(5_000));
        lines.forEach(line -> assertTrue(line.length() <= columns, () -> line.length() + " columns: " + line));
        assertTrue(lines.stream().anyMatch(line -> line.contains("OFFLOADED") && line.contains("RUN p50")),
            lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("ADVICE")), lines::toString);
    }

    @Test
    void methodsThatAreShorterThanAMoveAreNamed() {
        List<String> lines = new Stats(selection(), PLAIN, UNLIMITED).lines(snapshot(3));
        assertTrue(lines.contains("org.acme.Db#step8(): half of its calls are shorter than a move (5 µs); "
            + "mode=auto lets them stay, "
            + "or take it off the list"), lines::toString);
        assertEquals("and 4 more methods with calls that are shorter than a move", lines.get(lines.size() - 1));
        assertFalse(String.join("", stats()).contains("shorter than a move"));
    }

    @Test
    void whatIsNoNumberOfRowsIsRefused() {
        assertNull(RowSelection.of(new ArrayList<>(List.of("--top"))));
        assertNull(RowSelection.of(new ArrayList<>(List.of("--top", "0"))));
        assertNull(RowSelection.of(new ArrayList<>(List.of("--top=many"))));
    }

    private static List<String> stats(String... options) {
        return new Stats(selection(options), PLAIN, UNLIMITED).lines(snapshot(5_000));
    }

    private static RowSelection selection(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        RowSelection selection = RowSelection.of(arguments);
        assertEquals(List.of(), arguments);
        return selection;
    }

    private static List<String> methods(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("org.acme.Db#") && !line.contains(":"))
            .map(line -> line.split(" ")[0]).toList();
    }

    /**
     * A hundred methods; the ones with the numbers 0 to 8 have been called, the latter most often. All but the first
     * belong to one pattern.
     */
    private static Snapshot snapshot(long runP50) {
        List<Row> rows = new ArrayList<>();
        Map<String, String> patterns = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            String method = "org.acme.Db#step" + i + "()";
            long calls = i > 8 ? 0 : 100 * Math.max(i, 1);
            rows.add(calls == 0 ? Rows.of(Columns.METHODS, method, "default", "tpool")
                : Rows.of(Columns.METHODS, method, "default", "tpool", calls, 0, 0, 0, 40, 1_200,
                    runP50 == 5_000 ? 1_000L * (i + 1) : runP50, 80_000, 2_000_000));
            patterns.put(method, i == 0 ? method : PATTERN);
        }
        Row guard = Rows.of(Columns.GUARD, "on", 1_000, 2, 1, 0, 3, 1_024, 40, 1_240);
        Row capture = Rows.of(Columns.CAPTURES, "org.sqlite.core.NativeDB#step", "native", 40, 1_240, 90, 4,
            "com.acme.orders.OrderService#placeOrder",
            "list com.acme.orders.OrderService#placeOrder (the Java method that calls it)");
        Row pool = Rows.of(Columns.POOLS, "default", 64, 512, 4, 4, 0, 0, 49, 3_600);
        return new Snapshot("12", "1.0", "", true, guard, List.of(capture), List.of(pool), rows, patterns, Set.of(), 0,
            0);
    }
}
