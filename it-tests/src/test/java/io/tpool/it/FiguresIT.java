// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's figures beside the application's own count, read as an operator does. */
class FiguresIT {
    private static final int THREADS = 10_000;
    private static final String[] LINES = {
        "mode = tpool",
        "methods = org.example.app.CountedCalls#callOnce, org.example.app.CountedCalls#fail, "
            + "org.example.app.CountedCalls#pinnedOnce",
        "pool.handed.methods = org.example.app.CountedCalls#handOff", "pool.handed.mode = handoff",
        "pool.inplace.methods = org.example.app.CountedCalls#inPlace", "pool.inplace.size = 1", "pool.inplace.max = 1",
        "pool.inplace.saturation = inplace",
        "pool.refuse.methods = org.example.app.CountedCalls#refuse", "pool.refuse.size = 1", "pool.refuse.max = 1",
        "pool.refuse.saturation = reject"};

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void everyCallIsCountedOnceWhateverBecomesOfIt(Jdk jdk) {
        try (Running app = Jvm.of(jdk).agent(LINES).begin("CountedApp", "saturated", "" + THREADS)) {
            app.awaitLine("ready");
            Map<String, Map<String, Long>> rows =
                rows(Jvm.of(jdk).runJar(Jvm.agentJar(), "stats", app.pid(), "--json").clean().out());
            Run own = app.end().clean();
            assertEquals(THREADS, own.number("made"));

            assertEquals(counts(THREADS, 0, 0, 0), rows.get("callOnce"));
            assertEquals(counts(THREADS, 0, 0, 0), rows.get("handOff"));
            assertEquals(counts(THREADS, 0, 0, (long) own.number("threw")), rows.get("fail"));
            assertEquals(counts(0, 0, (long) own.number("pinned"), 0), rows.get("pinnedOnce"));

            Map<String, Long> inPlace = rows.get("inPlace");
            assertEquals(THREADS + 2, inPlace.get("offloaded") + inPlace.get("inPlace"), inPlace::toString);
            Map<String, Long> refuse = rows.get("refuse");
            assertEquals(refuse.get("failed"), (long) own.number("refused"));
            assertEquals(THREADS + 2, refuse.get("offloaded") + refuse.get("failed"), refuse::toString);
            assertTrue(inPlace.get("inPlace") > 0 && refuse.get("failed") > 0, rows::toString);
        }
    }

    private static Map<String, Long> counts(long offloaded, long inPlace, long pinned, long failed) {
        return Map.of("offloaded", offloaded, "inPlace", inPlace, "pinned", pinned, "failed", failed);
    }

    /** The counts of each method, by its simple name. */
    private static Map<String, Map<String, Long>> rows(String json) {
        Map<String, Map<String, Long>> rows = new HashMap<>();
        for (String line : json.lines().filter(each -> each.contains("\"offloaded\"")).toList()) {
            Matcher name = Pattern.compile("CountedCalls#(\\w+)").matcher(line);
            assertTrue(name.find(), line);
            Map<String, Long> counts = new HashMap<>();
            Matcher count = Pattern.compile("\"(offloaded|inPlace|pinned|failed)\":(\\d+)").matcher(line);
            while (count.find()) {
                counts.put(count.group(1), Long.parseLong(count.group(2)));
            }
            rows.put(name.group(1), counts);
        }
        return rows;
    }
}
