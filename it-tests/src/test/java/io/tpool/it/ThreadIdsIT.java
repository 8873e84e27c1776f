// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiment of the README. */
class ThreadIdsIT {
    private static final Pattern LINE =
        Pattern.compile("  (\\S.*?) +(virtual|platform) thread #(\\d+) on (\\S+), OS thread (\\d+)");
    private static final int GREEN = 6;

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void greenThreadsShareOsThreadsAndPoolCallsDoNot(Jdk jdk) {
        Run run = Jvm.of(jdk).carriers(1).agentArgument("log=warn").run("io.tpool.it.demo.ThreadIdsDemo").clean();
        List<MatchResult> lines = LINE.matcher(run.out()).results().toList();
        assertEquals(2 * GREEN + 3, lines.size(), run::toString);
        MatchResult main = lines.get(0);
        assertTrue(osThreads(lines.subList(1, GREEN + 1)).size() < GREEN, run::toString);
        List<MatchResult> calls = lines.subList(GREEN + 1, 2 * GREEN + 1);
        assertEquals(GREEN, osThreads(calls).size(), run::toString);
        for (MatchResult call : calls) {
            assertTrue(call.group(2).equals("virtual") && call.group(4).startsWith("tpool-default-"), run::toString);
        }
        assertTrue(lines.get(2 * GREEN + 1).group(4).startsWith("tpool-default-"), run::toString);
        assertEquals(main.group(5), lines.get(2 * GREEN + 2).group(5), run::toString);
    }

    private static Set<String> osThreads(List<MatchResult> lines) {
        Set<String> ids = new HashSet<>();
        lines.forEach(line -> ids.add(line.group(5)));
        return ids;
    }
}
