// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In a JVM that nobody has opened, virtual threads cannot move. */
class TPoolWithoutAgentTest {
    private static final List<String> HANDED_OFF = List.of(
            "VIRTUAL on a pool thread: true", "VIRTUAL very exception: true", "VIRTUAL proxied: true",
            "PLATFORM on a pool thread: true", "PLATFORM very exception: true", "PLATFORM proxied: true");

    @Test
    void callsAreHandedOffAndNothingIsPrinted() throws Exception {
        assertEquals(expected("size 64"), run(Map.of()));
    }

    @Test
    @Eventlet("TestTpool.test_tpool_set_num_threads")
    void aVariableOrAPropertyGivesTheSizeOfTheSharedPool() throws Exception {
        assertEquals(expected("size 7"), run(Map.of("TPOOL_POOL_SIZE", "7")));
        assertEquals(expected("size 8"), run(Map.of("TPOOL_POOL_SIZE", "7"), "-Dtpool.pool.size=8"));
        assertEquals(expected("size 600"), run(Map.of(), "-Dtpool.pool.size=600"));
    }

    @Test
    void aSizeThatIsNoneIsReportedInOneLineAndLeftAside() throws Exception {
        List<String> expected = expected("size 64");
        expected.add(0,
                "[tpool] environment variable TPOOL_POOL_SIZE: 'many'; write a number of threads from 1 to 32767;"
                        + " 64 is used");
        assertEquals(expected, run(Map.of("TPOOL_POOL_SIZE", "many")));
        expected.set(0,
                "[tpool] system property tpool.pool.size: '0'; write a number of threads from 1 to 32767; 64 is used");
        assertEquals(expected, run(Map.of(), "-Dtpool.pool.size=0"));
    }

    private static List<String> expected(String size) {
        List<String> lines = new ArrayList<>(List.of(size));
        lines.addAll(HANDED_OFF);
        return lines;
    }

    private static List<String> run(Map<String, String> environment, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator
                + "java", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(WithoutOpener.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TPOOL_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
        return lines;
    }
}
