package io.tpool.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.management.MethodRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
    private static final Paint PLAIN = new Paint(false, true);
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"20, 5", "20, 10", "40, 3", "80, 24", "100, 50", "250, 12", "1, 1", "8, 4"})
    void noLineIsLongerThanTheScreenIsWideAndNoneIsBelowIt(int columns, int rows) {
        List<String> lines = new Screen(PLAIN, columns, rows).lines(history(30), "every 1s, q leaves");
        assertTrue(lines.size() <= rows, () -> lines.size() + " lines");
        lines.forEach(line -> assertTrue(line.length() <= columns, () -> line.length() + " columns: " + line));
    }

    @Test
    void aNarrowScreenShowsTheNameAndWhatMattersMost() {
        String screen = String.join("\n", new Screen(PLAIN, 20, 24).lines(history(2), ""));
        assertTrue(screen.contains("CALLS/s") && screen.contains("BUSY"), screen);
        assertFalse(screen.contains("STUCK"), screen);
    }

    @Test
    void methodsThatKeptACarrierJustNowComeFirst() {
        List<String> lines = new Screen(PLAIN, 160, 24).lines(history(3), "");
        assertEquals(List.of("com.acme.Store#read2()", "com.acme.Store#read1()", "com.acme.Store#read0()"),
            lines.stream().filter(line -> line.startsWith("com.")).map(line -> line.split(" ")[0]).toList());
    }

    @Test
    void whatDoesNotFitIsCounted() {
        List<String> lines = new Screen(PLAIN, 80, 12).lines(history(30), "");
        assertEquals(12, lines.size());
        assertEquals("25 more", lines.get(11));
    }

    @Test
    void colourIsForThoseWhoHaveIt() {
        assertFalse(String.join("", new Screen(PLAIN, 80, 24).lines(history(3), "")).contains("\u001b"));
        assertTrue(String.join("", new Screen(new Paint(true, true), 80, 24).lines(history(3), "")).contains("\u001b[1;31m"));
    }

    @Test
    void withoutUnicodeEveryCharacterIsAscii() {
        String screen = String.join("", new Screen(new Paint(false, false), 160, 24).lines(history(3), ""));
        assertTrue(screen.chars().allMatch(c -> c < 128), screen);
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

    /** Of the method with the number N, N times as many calls are pinned as are offloaded. */
    private static Snapshot snapshot(int methods, long calls, long nanos) {
        List<MethodRow> rows = new ArrayList<>();
        for (int i = 0; i < methods; i++) {
            rows.add(new MethodRow("com.acme.Store#read" + i + "()", "default", "tpool", calls, 0, i * calls, 3, 40, 1_200, 5_000, 80_000, 2_000_000));
        }
        return new Snapshot("4711", "1.0", true, List.of(new PoolRow("default", 64, 512, 64, 64, 48, 12, 90, calls, 0, 2)), rows, nanos);
    }
}
