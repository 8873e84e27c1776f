// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code stats}, {@code top} and {@code threads} on JVMs that were started without any management option, and on what
 * is none.
 */
class LookIT {
    private static final int WAITING = 5_000;
    private static final int POOL = 64;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String METHOD = "org.example.app.CountedCalls#awaitEnd";
    private static final List<String> COMMANDS = List.of("stats", "top", "threads");

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void thousandsOfWaitingThreadsAreShown(Jdk jdk) {
        try (Running app = waiting(jdk)) {
            Run stats = awaitAllWaiting(jdk, app);
            assertTrue(stats.out().startsWith("tpool ") && stats.out().contains(METHOD + "()"), stats::toString);
            app.end().clean();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void everyPoolThreadIsShownWithItsOsThreadAndWhatItCarries(Jdk jdk) {
        try (Running app = waiting(jdk)) {
            awaitAllWaiting(jdk, app);
            Run threads = run(jdk, "threads", app.pid()).clean();
            Map<String, List<String>> byOsThread =
                threads.out().lines().skip(1).map(line -> List.of(line.strip().split(" {2,}")))
                .collect(Collectors.toMap(columns -> columns.get(0), columns -> columns));
            assertEquals(POOL, byOsThread.size(), threads::toString);
            for (List<String> columns : byOsThread.values()) {
                assertTrue(columns.get(1).startsWith("tpool-default-"), threads::toString);
                assertTrue(columns.get(4).matches("virtual #\\d+ \"waiting-\\d+\""), threads::toString);
                assertEquals(METHOD + "()", columns.get(5), threads::toString);
                assertTrue(isThreadOf(app, columns.get(0)), threads::toString);
            }
            app.end().clean();
        }
    }

    @Test
    void topWritesOneLookAfterTheOtherWhereThereIsNoTerminalAndEndsWithTheJvm() {
        try (Running app = waiting(Jdk.running()).awaitLine("ready"); Running top = top(app)) {
            top.awaitLine(METHOD);
            app.end().clean();
            Run ended = top.end();
            assertEquals(1, ended.exit(), ended::toString);
            assertEquals(1, ended.errorLines().size(), ended::toString);
            assertTrue(ended.err().startsWith("tpool top: the JVM " + app.pid() + " has ended or does not answer: "),
                ended::toString);
            assertFalse(ended.out().contains("\u001b"), ended::toString);
        }
    }

    @Test
    void whatIsShownInAnAsciiLocaleIsAscii() {
        try (Running app = waiting(Jdk.running())) {
            app.awaitLine("ready");
            Run stats = Jvm.of(Jdk.running()).environment("LC_ALL", "C").runJar(Jvm.agentJar(), "stats", app.pid())
                .clean();
            assertTrue(stats.out().chars().allMatch(c -> c < 128) && !stats.out().contains("?"), stats::toString);
            app.end().clean();
        }
    }

    @Test
    void aJvmWithoutTheAgentGetsOneLineWithTheWayOut() {
        try (Running app = Jvm.of(Jdk.running()).begin("CountedApp", "wait", "1")) {
            app.awaitLine("ready");
            for (String command : COMMANDS) {
                assertRefused(run(Jdk.running(), command, app.pid()), 1, "no tpool agent in the JVM " + app.pid()
                    + "; attach it: ");
            }
            app.end().clean();
        }
    }

    @Test
    void aJvmWithJmxSwitchedOffIsShownAllTheSame() {
        try (Running app =
            Jvm.of(Jdk.running()).agent("jmx = false", "methods = " + METHOD).begin("CountedApp", "wait", "1")) {
            app.awaitLine("ready");
            awaitStats(app, METHOD);
            app.end().clean();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aJvmThatRejectsEveryObjectIsShownToSeveralAtOnceAndSaysNothing(Jdk jdk) throws IOException {
        Path file = Jvm.newDirectory().resolve("pid");
        Jvm jvm = Jvm.of(jdk).option("-Djdk.serialFilter=!*").libraries("com.sun.jna.Native")
            .agent("mode = tpool", "methods = " + METHOD);
        try (Running app = jvm.begin("NapApp", file.toString()); Running top =
            top(app.awaitFile(file)); Running other = top(app)) {
            top.awaitText("CAPTURED BY");
            other.awaitText("CAPTURED BY");
            Run threads = awaitOutput(jdk, "CAPTURED CARRIER", "threads", app.pid());
            assertTrue(threads.out().lines()
                .anyMatch(line ->
                line.matches("ForkJoinPool-1-worker-\\d+ .* virtual #\\d+ .*com\\.sun\\.jna\\..* native")),
                threads::toString);
            Files.delete(file);
            app.end().clean();
        }
    }

    @Test
    void aJvmWithoutTheAgentThatRejectsEveryObjectGetsOneLineWithTheWayOut() {
        try (Running app = Jvm.of(Jdk.running()).option("-Djdk.serialFilter=!*").begin("CountedApp", "wait", "1")) {
            app.awaitLine("ready");
            assertRefused(run(Jdk.running(), "stats", app.pid()), 1, "no tpool agent answers in the JVM " + app.pid());
            app.end().clean();
        }
    }

    @Test
    void whatIsNoJvmGetsOneLine() throws IOException {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            for (String command : COMMANDS) {
                assertRefused(run(Jdk.running(), command), 2, "expected PID");
                assertRefused(run(Jdk.running(), command, "12x"), 2, "'12x' is not a process id");
                assertRefused(run(Jdk.running(), command, "2147483647"), 1, "there is no process 2147483647");
                assertRefused(run(Jdk.running(), command, "" + sleep.pid()), 1, "is not a JVM");
            }
            assertTrue(sleep.isAlive());
        } finally {
            sleep.destroy();
        }
        assertRefused(run(Jdk.running(), "top", "1", "--interval", "soon"), 2, "'soon' is not a time");
    }

    private static Running waiting(Jdk jdk) {
        return Jvm.of(jdk).agent("methods = " + METHOD, "pool.max = " + POOL).begin("CountedApp", "wait", "" + WAITING);
    }

    /**
     * Returns the first answer of {@code stats} that shows each thread in the pool or in its queue; fails with the last
     * one where none does.
     */
    private static Run awaitAllWaiting(Jdk jdk, Running app) {
        app.awaitLine("ready");
        List<String> expected = List.of("" + POOL, "" + POOL, "4,936");
        long begun = System.nanoTime();
        while (true) {
            Run stats = run(jdk, "stats", app.pid()).clean();
            List<String> pool = columns(stats, "default");
            List<String> shown = List.of(pool.get(3), pool.get(5), pool.get(6));
            if (shown.equals(expected)) {
                return stats;
            }
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                assertEquals(expected, shown, () -> "after " + LIMIT + ": " + stats + app.threads());
            }
        }
    }

    private static Run awaitStats(Running app, String text) {
        return awaitOutput(Jdk.running(), text, "stats", app.pid());
    }

    /** Returns the first answer of a command that shows the text; fails with the last one where none does. */
    private static Run awaitOutput(Jdk jdk, String text, String... command) {
        long begun = System.nanoTime();
        for (;;) {
            Run run = run(jdk, command).clean();
            if (run.out().contains(text)) {
                return run;
            }
            assertTrue(System.nanoTime() - begun < LIMIT.toNanos(), run::toString);
        }
    }

    private static Running top(Running app) {
        return Jvm.of(Jdk.running()).beginJar(Jvm.agentJar(), "top", app.pid(), "--interval", "100ms");
    }

    private static Run run(Jdk jdk, String... arguments) {
        return Jvm.of(jdk).runJar(Jvm.agentJar(), arguments);
    }

    private static List<String> columns(Run run, String first) {
        return run.out().lines().map(line -> List.of(line.strip().split("\\s+")))
            .filter(columns -> columns.get(0).equals(first))
            .findFirst().orElseThrow(() -> new AssertionError(run.toString()));
    }

    private static boolean isThreadOf(Running app, String osThread) {
        return Files.exists(Path.of("/proc", app.pid(), "task", osThread));
    }

    private static void assertRefused(Run run, int exit, String reason) {
        assertEquals(exit, run.exit(), run::toString);
        assertEquals("", run.out(), run::toString);
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("tpool ") && run.err().contains(reason), run::toString);
    }
}
