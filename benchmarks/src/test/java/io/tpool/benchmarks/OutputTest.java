// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class OutputTest {
    private static final Case.Measurement NONE = Map::of;
    private final Row row = new Row("hop", "a < \"b\" & c", Rival.SUBMIT, List.of(Metric.TIME), Metric.TIME, 3,
        List.of(new Case(Rival.TPOOL, NONE), new Case(Rival.SUBMIT, NONE), new Case(Rival.KOTLIN, NONE)));
    private final Results results = new Results();
    private final Machine machine = Machine.now(Scale.SHORT);

    OutputTest() {
        for (double time : List.of(16_000.0, 15_000.0, 90_000.0)) {
            results.add(row, Rival.TPOOL, Map.of(Metric.TIME, time));
            results.add(row, Rival.SUBMIT, Map.of(Metric.TIME, 20_000.0));
        }
        results.addFailure(row, Rival.KOTLIN, "status 1, Error: gone\nmore");
    }

    @Test
    void theTableShowsMediansRatiosAndFailures() {
        List<String> lines = Report.of(List.of(row), results, machine).lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.matches("  tpool, mode=tpool +16\\.0 µs +0\\.80×")),
            lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("\\* submit\\(\\)\\.get\\(\\) +20\\.0 µs +1\\.00×")),
            lines::toString);
        assertTrue(lines.stream()
            .anyMatch(line -> line.matches("  Kotlin withContext\\(IO\\) +failed: status 1, Error: gone")),
            lines::toString);
    }

    @Test
    void theJsonHoldsEveryRound() {
        JsonObject parsed =
            JsonParser.parseString(Json.of(List.of(row), results, List.of(), machine)).getAsJsonObject();
        JsonObject written = parsed.getAsJsonArray("rows").get(0).getAsJsonObject();
        assertEquals(row.title(), written.get("title").getAsString());
        JsonObject tpool = written.getAsJsonArray("rivals").get(0).getAsJsonObject();
        JsonObject time = tpool.getAsJsonObject("figures").getAsJsonObject("time/call");
        assertEquals(3, time.getAsJsonArray("rounds").size());
        assertEquals(16_000, time.get("median").getAsDouble());
        assertEquals(0.8, time.get("ratio").getAsDouble());
        assertEquals("status 1, Error: gone\nmore",
            written.getAsJsonArray("rivals").get(2).getAsJsonObject().get("failure").getAsString());
    }

    @Test
    void thePlotIsXmlWithABarForEachRivalThatHasAFigure() throws Exception {
        String svg = Plot.of(List.of(row, row), results);
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals(4, document.getElementsByTagName("rect").getLength());
    }

    @Test
    void promisesAreHeldAgainstTheFigures() {
        Row hop = new Row("hop", Calls.IDLE_HOP, Rival.SUBMIT, List.of(Metric.TIME), Metric.TIME, 1, row.cases());
        results.add(hop, Rival.SUBMIT, Map.of(Metric.TIME, 100.0));
        results.add(hop, Rival.TPOOL, Map.of(Metric.TIME, 80.0));
        assertTrue(only(Targets.of(List.of(hop), results)).met());
        results.add(hop, Rival.TPOOL, Map.of(Metric.TIME, 84.0));
        assertFalse(only(Targets.of(List.of(hop), results)).met());
    }

    private static Targets.Target only(List<Targets.Target> targets) {
        assertEquals(1, targets.size());
        return targets.get(0);
    }

    @Test
    void autoIsHeldAgainstTheBetterOfItsChoices() {
        Row mixed = new Row("mixed", "phases", Rival.TPOOL_GUARD, List.of(Metric.RATE), Metric.RATE, 1, List.of());
        results.add(mixed, Rival.TPOOL_GUARD, Map.of(Metric.RATE, 1_000.0));
        results.add(mixed, Rival.TPOOL, Map.of(Metric.RATE, 2_000.0));
        results.add(mixed, Rival.TPOOL_AUTO, Map.of(Metric.RATE, 1_890.0));
        Targets.Target target = only(Targets.of(List.of(mixed), results));
        assertTrue(target.figure().endsWith("tpool, mode=auto against tpool, mode=tpool"), target::figure);
        assertFalse(target.met());
    }
}
