// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo shows at a glance what the agent changes. */
class DemoIT {
    private static final int SECONDS = 6;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void showsMoreOrdersAndShorterSilenceWithTheGuardAloneAndWithAListedMethod(Jdk jdk) {
        Run demo = Jvm.of(jdk).option("-Dstdout.encoding=UTF-8").run("io.tpool.it.demo.Demo", Jvm.agentJar().toString(),
            Integer.toString(SECONDS)).clean();
        List<String> lines = demo.out().lines().toList();
        for (int column : new int[] {1, 2}) {
            assertTrue(figure(lines, "orders per second", column) > figure(lines, "orders per second", 0),
                demo::toString);
            assertTrue(figure(lines, "longest silence", column) < figure(lines, "longest silence", 0), demo::toString);
        }
        String without = after(lines, "SQLite ran on", 0);
        assertTrue(without.contains("ForkJoinPool-1-worker-") || without.contains("no order got that far"),
            demo::toString);
        assertTrue(after(lines, "SQLite ran on", 1).contains("ForkJoinPool-1-worker-"), demo::toString);
        assertTrue(after(lines, "SQLite ran on", 2).contains("tpool-default-"), demo::toString);
        for (String name : List.of("without tpool ", "guard alone ", "listed ")) {
            assertEquals(SECONDS * 10, timeLine(lines, name).length(), demo::toString);
        }
        assertFalse(demo.out().contains("\033"), "colours, and nobody looks at a terminal");
    }

    private static double figure(List<String> lines, String what, int row) {
        String text = after(lines, what, row).replace(" ms", "");
        return Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1).replace(",", ""));
    }

    private static String after(List<String> lines, String what, int row) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(what)) {
                return lines.get(i + row);
            }
        }
        throw new AssertionError("no line begins with " + what);
    }

    private static String timeLine(List<String> lines, String name) {
        return after(lines, name, 0).substring(name.length()).strip();
    }
}
