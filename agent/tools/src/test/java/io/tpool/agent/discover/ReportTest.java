// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.agent.command.Json;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Stack STEP = Stacks.of("native org.acme.Db#step", "com.app.Main#work");
    private static final Stack LOOP = Stacks.of("native sun.nio.ch.EPoll#wait", "com.app.Main#poll");
    private static final Stack ODD = Stacks.of("native org.acme.</script><b>\"Db#flush", "com.app.Main#save");

    @Test
    void theLinesCanBePastedIntoAgentProperties() throws IOException {
        String lines = TextReport.lines(findings(STEP, ODD));
        Properties properties = new Properties();
        properties.load(new StringReader(lines));
        assertEquals("native org.acme.</script><b>\"Db#flush, native org.acme.Db#step",
            properties.getProperty("methods"));
        assertTrue(lines.contains("# native org.acme.Db#step: 992 ms captured (49.6 % of carrier time), "
            + "longest 992 ms, 1 virtual thread;"
            + " called by com.app.Main#work"), lines);
    }

    @Test
    void theTableSaysWhyAMethodIsNotToBeListed() {
        String text = TextReport.of(findings(LOOP));
        assertTrue(text.contains("do not list: an event loop waits here"), text);
        assertTrue(text.endsWith("# Nothing to list.\n"), text);
    }

    @Test
    void theLongestWordOfTheTableIsApartFromTheMethod() {
        Analysis analysis = new Analysis(Stacks.environment(25, 2), Bytecode.UNKNOWN);
        for (long time = 0; time < 1_000_000_000L; time += 20_000_000) {
            analysis.accept(new ThreadSample(ThreadSample.Kind.JAVA, time, 0, 7, true,
                Stacks.of("com.app.Hash#derive", "com.app.Main#work")));
        }
        String text = TextReport.of(analysis.findings(true));
        assertTrue(text.contains("computing  com.app.Hash#derive"), text);
    }

    @Test
    void theTableNamesTheOutage() {
        String text = TextReport.of(findings(STEP, ODD));
        assertTrue(text.contains("All carriers captured at once: 960 ms in all, as far as samples tell"), text);
    }

    @Test
    void whatWasNotSeenIsNotSaidToBeAbsent() {
        String text = TextReport.of(findings());
        assertTrue(text.contains("No virtual thread was seen on a carrier. One that is parked or blocked in the JVM "
            + "is in no sample"), text);
        assertTrue(text.contains("All carriers captured at once: not seen"), text);
        assertFalse(text.contains("idle") || text.contains("never"), text);
    }

    @Test
    void anEmptyRecordingMakesAWholeReport() {
        Findings nothing = findings();
        assertTrue(TextReport.of(nothing).contains("# Nothing to list."));
        assertTrue(JsonReport.of(nothing).contains("\"methods\":[]"));
        assertTrue(HtmlReport.of(nothing).contains("\"methods\":[]"));
    }

    @Test
    void whatARecordingDoesNotSayIsToldWithTheFiguresThatRestOnIt() {
        Findings silent = new Analysis(new Environment(), Bytecode.UNKNOWN).findings(true);
        String text = TextReport.of(silent);
        assertTrue(text.startsWith("a JVM that the recording does not name, 1 carrier, "), text);
        assertTrue(text.contains("assumed: samples every 20 ms (no jdk.ActiveSetting), "
            + "one carrier (no jdk.CPUInformation)."), text);
        assertTrue(JsonReport.of(silent).contains("\"assumed\":\"samples every 20 ms"));
        assertFalse(TextReport.of(findings(STEP)).contains("assumed"));
        assertTrue(JsonReport.of(findings(STEP)).contains("\"assumed\":null"));
    }

    @Test
    void namesCannotBreakOutOfThePage() {
        String page = HtmlReport.of(findings(ODD));
        assertFalse(page.contains("</script><b>"));
        assertEquals(1, page.split("</script>", -1).length - 1);
        assertFalse(page.contains("/*findings*/"));
        assertFalse(page.contains("http://") && !page.contains("http://www.w3.org/2000/svg"),
            "the page refers to something outside");
    }

    @Test
    void jsonEscapesWhatMustBe() {
        assertEquals("{\"a\":[1,2.5000,null,true,\"\\u003c\\u000a\\\"\\\\\"]}",
            Json.write(Map.of("a", Arrays.asList(1, 2.5, null, true, "<\n\"\\"))));
        assertEquals("[{},[]]", Json.write(List.of(Map.of(), List.of())));
    }

    /** A second in which each of these stacks held one of two carriers. */
    private static Findings findings(Stack... stacks) {
        Analysis analysis = new Analysis(Stacks.environment(25, 2), Bytecode.UNKNOWN);
        analysis.covers(0);
        int turn = Math.max(1, stacks.length);
        for (int i = 0; i < 50 && stacks.length > 0; i++) {
            analysis.accept(new ThreadSample(ThreadSample.Kind.NATIVE, 10_000_000 + i * 20_000_000L, 0, 7 + i % turn,
                true, stacks[i % turn]));
        }
        analysis.covers(1_000_000_000);
        return analysis.findings(true);
    }
}
