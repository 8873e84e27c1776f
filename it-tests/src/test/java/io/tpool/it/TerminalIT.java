// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code top} on a terminal; what the terminal itself would answer is typed by the test. */
class TerminalIT {
    private static final String ESCAPE = "\u001b[";
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]+m");
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[?0-9;]*[A-Za-z]");
    private static final String METHOD = "CountedCalls#awaitEnd";

    @BeforeAll
    static void findTool() {
        Toolbox.program("script");   // makes a terminal
    }

    @Test
    void topTakesTheTerminalOverAndGivesItBackAsItWas() {
        Run run = top(Jvm.of(Jdk.running()).environment("TERM", "xterm"), 100);
        assertTrue(run.out().contains(ESCAPE + "?1049h") && run.out().contains(ESCAPE + "?1049l"), run::toString);
        assertTrue(COLOUR.matcher(run.out()).find(), run::toString);
        List<String> settings = run.out().lines().filter(line -> line.matches("[0-9a-f]+(:[0-9a-f]+)+")).toList();
        assertEquals(2, settings.size(), run::toString);
        assertEquals(settings.get(0), settings.get(1));
        assertTrue(run.out().lines().anyMatch("status 0"::equals), run::toString);
    }

    @Test
    void thereAreNoColoursWhereNoneAreWanted() {
        Run run = top(Jvm.of(Jdk.running()).environment("TERM", "xterm").environment("NO_COLOR", "1"), 100);
        assertTrue(run.out().contains(ESCAPE + "?1049h"), run::toString);
        assertFalse(COLOUR.matcher(run.out()).find(), run::toString);
    }

    @Test
    void nothingIsWiderThanTwentyColumns() {
        Run run = top(Jvm.of(Jdk.running()).environment("TERM", "xterm").environment("NO_COLOR", "1"), 20);
        String narrow =
            run.out().substring(run.out().lastIndexOf(ESCAPE + "H"), run.out().lastIndexOf(ESCAPE + "?1049l"));
        List<String> lines = SEQUENCE.matcher(narrow).replaceAll("").lines().toList();
        assertTrue(lines.size() > 3 && lines.stream().allMatch(line -> line.length() <= 20), () -> lines + "\n" + run);
    }

    @Test
    void statsLeavesColumnsOutThatTheTerminalHasNoRoomFor() {
        try (Running app =
            Jvm.of(Jdk.running()).agent("methods = org.example.app." + METHOD).begin("CountedApp", "wait", "10")) {
            app.awaitLine("ready");
            Run run = Jvm.of(Jdk.running()).environment("NO_COLOR", "1").beginOnTerminal(80, "stats", app.pid())
                .awaitLine("status").end();
            List<String> lines = run.out().lines().filter(line -> !line.matches("[0-9a-f]+(:[0-9a-f]+)+.*")).toList();
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("GUARD")), run::toString);
            assertTrue(lines.stream().allMatch(line -> line.length() <= 80), run::toString);
            app.end().clean();
        }
    }

    private static Run top(Jvm jvm, int columns) {
        try (Running app =
            Jvm.of(Jdk.running()).agent("methods = org.example.app." + METHOD).begin("CountedApp", "wait", "10")) {
            app.awaitLine("ready");
            Running top = jvm.beginOnTerminal(columns, "top", app.pid(), "--interval", "100ms");
            top.awaitText("awaitEnd").type(ESCAPE + "30;" + columns + "R")
                .awaitText(ESCAPE + "J" + ESCAPE + "9999;9999H");
            Run run = top.type("q").awaitLine("status").end();
            app.end().clean();
            return run;
        }
    }
}
