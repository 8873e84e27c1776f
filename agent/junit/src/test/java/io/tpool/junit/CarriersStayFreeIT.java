// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tests fail, in JVMs that are started without any option. Holds for JDK 21 and later. */
class CarriersStayFreeIT {
    @TempDir
    private Path directory;

    static List<Path> jdks() {
        return Forked.jdks();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_tests_that_capture_carriers_fail_and_no_others(Path jdk) throws Exception {
        Forked.Result result = new Forked(jdk).run(Verdicts.ALL);
        assertEquals(Verdicts.oneAfterTheOther(jdk), result.verdicts(), result::toString);
        String message = result.message("SqliteBusyWait#waitsForLock");
        assertTrue(message.matches("a carrier was captured for [0-9.]+ ms, and @CarriersStayFree allows 20ms .*"),
            message);
        assertTrue(message.contains("org.sqlite.core.NativeDB#") && message.contains("(native), called by org.sqlite"),
            message);
        assertTrue(message.contains("in virtual thread #") && message.contains("\"sample-0\" on ForkJoinPool-"),
            message);
        assertTrue(message.contains("what to do: with the agent list "), message);
        assertTrue(message.contains(" at org.example.tests.SqliteBusyWait."), message);
        assertTrue(result.message("OneMethod#watched").contains("also for "), message);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_right_tests_fail_when_all_run_at_the_same_time(Path jdk) throws Exception {
        Forked.Result result = new Forked(jdk).parallel().run(Verdicts.ALL);
        assertEquals(Verdicts.inParallel(jdk), result.verdicts(), result::toString);
    }

    @Test
    void threads_that_only_wait_for_a_processor_capture_nothing() throws Exception {
        BusyMachine busy = new BusyMachine();
        try {
            Forked.Result result = new Forked(Forked.running()).times(5).run(Verdicts.POLITE);
            assertEquals(Verdicts.polite(), result.verdicts(), result::toString);
        } finally {
            busy.end();
        }
    }

    @Test
    void a_thousand_short_tests_raise_no_alarm() throws Exception {
        Forked.Result result = new Forked(Forked.running()).run("WatchedShort");
        assertEquals(1_000, result.text().lines().filter(line -> line.startsWith("RESULT WatchedShort")).count(),
            result::toString);
        assertEquals(1_000, result.text().lines().filter(line -> line.matches("RESULT .* SUCCESSFUL *")).count(),
            result::toString);
    }

    @Test
    void a_limit_that_is_none_fails_the_test_in_one_line() throws Exception {
        Forked.Result result = new Forked(Forked.running()).run("BadMax");
        for (String[] each : new String[][] {{"zero", "0"}, {"negative", "-5ms"}, {"nonsense", "soon"}}) {
            assertEquals("@CarriersStayFree(max = \"" + each[1] + "\") at " + each[0]
                + "(): max must be a duration above 0, such as 500us, 20ms, 1s or 2m",
                result.message("BadMax#" + each[0]));
        }
    }

    @Test
    void a_class_without_virtual_threads_says_that_nothing_was_watched() throws Exception {
        Forked.Result result = new Forked(Forked.running()).run("NoVirtualThread");
        assertEquals("FAILED", result.verdicts().get("NoVirtualThread"), result::toString);
        assertEquals("@CarriersStayFree: nothing was watched: no virtual thread was made"
            + " (tpool.unwatched=skip aborts the test instead)", result.message("NoVirtualThread"));
        result = new Forked(Forked.running()).parameter("tpool.unwatched=skip").run("NoVirtualThread");
        assertEquals("ABORTED", result.verdicts().get("NoVirtualThread"), result::toString);
    }

    @Test
    void where_the_agent_cannot_be_attached_the_tests_run_and_say_that_nothing_was_watched() throws Exception {
        Forked.Result result = new Forked(Forked.running()).option("-XX:+DisableAttachMechanism")
            .run("PoliteSleep");
        assertEquals("@CarriersStayFree: nothing was watched: the agent could not be attached: this JVM runs with"
            + " -XX:+DisableAttachMechanism; leave that out, or start it with -javaagent:tpool-agent.jar"
            + " (tpool.unwatched=skip aborts the test instead)", result.message("PoliteSleep#sleeps"));
        assertEquals(Map.of("PoliteSleep#sleeps", "FAILED"), result.verdicts(), result::toString);
        result = new Forked(Forked.running()).option("-XX:-EnableDynamicAgentLoading")
            .parameter("tpool.unwatched=skip").run("PoliteSleep", "NativeSleep");
        assertEquals(Map.of("PoliteSleep#sleeps", "ABORTED", "NativeSleep#sleeps", "ABORTED"), result.verdicts(),
            result::toString);
        assertTrue(result.message("PoliteSleep#sleeps").contains("-XX:-EnableDynamicAgentLoading"), result::toString);
    }

    @Test
    void with_the_agent_on_the_command_line_nothing_need_be_attached() throws Exception {
        Forked.Result result = new Forked(Forked.running())
            .option("-javaagent:" + System.getProperty("tpool.it.agent") + "=guard=off")
            .option("-XX:-EnableDynamicAgentLoading").run("NativeSleep", "PoliteSleep");
        assertEquals(Map.of("NativeSleep#sleeps", "FAILED", "PoliteSleep#sleeps", "SUCCESSFUL"), result.verdicts(),
            result::toString);
    }

    @Test
    void two_versions_of_the_jars_are_named() throws Exception {
        Path version = directory.resolve("io/tpool/junit/version.txt");
        Files.createDirectories(version.getParent());
        Files.writeString(version, "0.9\n");
        Forked.Result result = new Forked(Forked.running()).first(directory).run("PoliteSleep");
        assertTrue(result.message("PoliteSleep#sleeps").startsWith("@CarriersStayFree: nothing was watched: tpool-junit"
            + " is of version 0.9 and tpool-agent.jar of version "), result::toString);
    }
}
