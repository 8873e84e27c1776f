// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Looks at what the measurements before it have left, whatever their scale: whether it is complete, not whether it is
 * good.
 */
class ResultsIT {
    private static final Path FOLDER = Path.of(System.getProperty("benchmarks.results"));
    private static JsonObject results;

    @BeforeAll
    static void read() throws IOException {
        results = JsonParser.parseString(Files.readString(FOLDER.resolve("results.json"))).getAsJsonObject();
    }

    @Test
    void itWasMeasuredAtTheScaleAskedFor() {
        String scale = System.getProperty("benchmarks.scale").toUpperCase(Locale.ROOT);
        assertEquals(scale, results.getAsJsonObject("machine").get("scale").getAsString());
    }

    @Test
    void everySectionWasMeasured() {
        Set<String> seen = new LinkedHashSet<>();
        results.getAsJsonArray("rows").forEach(row -> seen.add(row.getAsJsonObject().get("section").getAsString()));
        assertEquals(asked(), seen);
    }

    @Test
    void everyRivalHasEveryFigureOfItsRow() {
        List<String> missing = new ArrayList<>();
        for (JsonElement row : results.getAsJsonArray("rows")) {
            Set<String> wanted = new LinkedHashSet<>();
            for (JsonElement each : row.getAsJsonObject().getAsJsonArray("rivals")) {
                JsonObject rival = each.getAsJsonObject();
                wanted.addAll(rival.getAsJsonObject("figures").keySet());
                if (rival.has("failure") || !rival.getAsJsonObject("figures").keySet().containsAll(wanted)
                    || wanted.isEmpty()) {
                    missing.add(row.getAsJsonObject().get("title") + ": " + rival);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everySectionHasItsPlotAndTheTableIsThere() {
        assertAll(asked().stream().map(section -> () -> {
            Path plot = FOLDER.resolve(section + ".svg");
            assertNotNull(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile()));
        }));
        assertTrue(Files.isRegularFile(FOLDER.resolve("table.txt")));
    }

    private static Set<String> asked() {
        String only = System.getProperty("benchmarks.only", "");
        return only.isBlank() ? Sections.names() : Set.of(only.split("\\s*,\\s*"));
    }
}
