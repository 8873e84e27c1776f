// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.management.CapturedThreadRow;
import io.tpool.agent.command.ClassPathTest;
import io.tpool.agent.command.Json;
import io.tpool.management.PoolThreadRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static final AnsiStyle PLAIN = new AnsiStyle(false, true);
    private static final Stats STATS =
        new Stats(new RowSelection(false, false, Integer.MAX_VALUE), PLAIN, Integer.MAX_VALUE);
    private static final Clock TEN_SECONDS = Clock.fixed(Instant.ofEpochSecond(10), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"0, 0 µs", "999, 999 µs", "1000, 1.00 ms", "12345, 12.3 ms", "999999, 1000 ms", "1240000, 1.24 s",
        "61000000, 1m 1s", "7260000000, 2h 1m"})
    void durationsHaveThreeDigits(long micros, String text) {
        assertEquals(text, NumberFormat.duration(micros, true));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "99999, 99999", "100000, 100k", "1234567, 1.2M", "9223372036854775807, 9223P"})
    void countsTakeFiveColumns(long count, String text) {
        assertEquals(text, NumberFormat.shortCount(count));
    }

    @ParameterizedTest
    @CsvSource({"1s, 1000", "250ms, 250", "2m, 120000", "3, 3000", "'', -1", "s, -1", "1h, 3600000", "1d, -1",
        "-1s, -1", "1.5s, -1"})
    void intervalsAreDurations(String text, long millis) {
        assertEquals(millis, Top.millis(text));
    }

    @ParameterizedTest
    @CsvSource({"com.acme.Store#read, 19, com.acme.Store#read", "com.acme.Store#read, 10, com…e#read", "abc, 1, …",
        "abc, 0, ''"})
    void textsAreCutInTheMiddle(String text, int columns, String cut) {
        assertEquals(cut, PLAIN.fit(text, columns));
    }

    @Test
    void jsonIsOneObjectWithEveryFigure() {
        Row guard = Rows.of(Columns.GUARD, "on", 1, 3, 4, 5, 6, 2, 7, 8, 9, 10, 11);
        Row capture = Rows.of(Columns.CAPTURES, "N#a", "native", 1, 2, 3, 4, "C#d", "list native N#a");
        Row pool = Rows.of(Columns.POOLS, "a\"b", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Row method = Rows.of(Columns.METHODS, "A#é()", "p", "auto", 1, 2, 3, 4, 5, 6, 7, 8, 9, "stays", "so", 10);
        Snapshot snapshot = Rows.snapshot("1.0", guard, List.of(capture), List.of(pool), List.of(method), 0);
        assertEquals("""
            {"pid":12, "version":"1.0", "enabled":true, "guard":{"mode":"on", "patienceMicros":1, \
            "parallelism":3, \
            "capturedCarriers":4, "lentCarriers":5, "largestLentCarriers":6, "max":2, "captureCount":7, "capturedMillis":8, \
            "starvedCount":9, \
            "starvedMillis":10, "longestStarvedMillis":11, "captures":[
              {"method":"N#a", "how":"native", "count":1, "millis":2, "longestMillis":3, "threads":4, "calledBy":"C#d", \
            "advice":"list native N#a"}]}, "pools":[
              {"name":"a\\"b", "size":1, "maxSize":2, "threadCount":3, "largestThreadCount":4, "activeCount":5, "queueDepth":6, \
            "largestQueueDepth":7, "completedCount":8, "rejectedCount":9, "stallGrowthCount":10}], "methods":[
              {"method":"A#\\u00e9()", "pool":"p", "mode":"auto", "offloaded":1, "inPlace":2, "pinned":3, "failed":4, "waitP50Micros":5, \
            "waitP99Micros":6, "runP50Micros":7, "runP99Micros":8, "runMaxMicros":9, \
            "decision":"stays", "reason":"so", "sinceMillis":10}]}""", Json.lines(snapshot.json()));
    }

    @Test
    void statsShowsTheGuardFirstAndItsCaptorsWithAdvice() {
        Row guard = Rows.of(Columns.GUARD, "watch", 1_000, 2, 1, 0, 3, 1_024, 40, 1_240);
        Row capture = Rows.of(Columns.CAPTURES, "N#a", "native", 40, 1_240, 90, 4, "C#d",
            "list native N#a (the method itself)");
        List<String> lines = STATS.lines(Rows.snapshot("1.0", guard, List.of(capture), List.of(), List.of(), 0));
        assertEquals(List.of("tpool 1.0 in 12: offloading", "",
            "GUARD  PATIENCE  PARALLELISM  CAPTURED  LENT  (MOST)    MAX  CAPTURES    TIME  STARVED  TIME  LONGEST",
            "watch   1.00 ms            2         1     0       3  1,024        40  1.24 s        0  0 ms     0 ms", "",
            "CAPTURED BY  HOW     CAPTURES    TIME  LONGEST  THREADS  CALLED BY  ADVICE",
            "N#a          native        40  1.24 s    90 ms        4  C#d        list native N#a (the method itself)",
                ""), lines.subList(0, 8));
    }

    @Test
    void statsOfAnAgentWithoutAGuardAreShownWithout() {
        Snapshot old = Rows.snapshot("0.9", null, List.of(), List.of(), List.of(), 0);
        assertFalse(String.join("", STATS.lines(old)).contains("GUARD"));
        String json = Json.lines(old.json());
        assertTrue(json.contains("\"guard\":null"), json);
    }

    @Test
    void threadsSaysWhoCarriesWhomSinceWhen() {
        List<PoolThreadRow> threads =
            List.of(new PoolThreadRow("tpool-default-1", 4711, "A#b()", 33, "worker", true, 1_500_000),
            new PoolThreadRow("tpool-default-2", -1, "", 0, "", false, 0));
        assertEquals(List.of(
            "OS THREAD  POOL THREAD      SINCE            FOR  CALLER                METHOD",
            "     4711  tpool-default-1  00:00:08.500  1.50 s  virtual #33 \"worker\"  A#b()",
            "        ?  tpool-default-2                                              idle"),
            Threads.lines(threads, TEN_SECONDS, PLAIN));
    }

    @Test
    void threadsShowsTheCapturedCarriersBehindThePools() {
        List<CapturedThreadRow> captured =
            List.of(new CapturedThreadRow("ForkJoinPool-1-worker-1", 33, "scan", "A#b", "native", 2_500_000));
        assertEquals(List.of("",
            "CAPTURED CARRIER         SINCE            FOR  BY                  METHOD  HOW",
            "ForkJoinPool-1-worker-1  00:00:07.500  2.50 s  virtual #33 \"scan\"  A#b     native"),
            Threads.captured(captured, TEN_SECONDS, PLAIN));
        assertEquals(List.of(), Threads.captured(List.of(), TEN_SECONDS, PLAIN));
    }

    @Test
    void checkShowsEveryValueWithItsSourceAndEndsWell() throws IOException {
        Result result = check("methods = java.net.InetAddress#getByName\npool.size = 7\n");
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().lines().anyMatch(line -> line.matches("pool.size +7 +.*agent.properties:2")),
            result::toString);
        assertTrue(result.out().contains("woven  java.net.InetAddress#getByName(java.lang.String)"), result::toString);
        assertTrue(result.out().endsWith("No problem found.\n"), result::toString);
    }

    @Test
    void checkFindsNothingWrongWithTheGuardAlone() throws IOException {
        Result alone = check("guard.patience = 2ms\n");
        assertEquals(0, alone.status(), alone::toString);
        assertTrue(alone.out().contains("the guard alone works"), alone::toString);
        Result nothing = check("guard = off\n");
        assertEquals(1, nothing.status(), nothing::toString);
        assertTrue(nothing.err().contains("no method is listed and guard=off"), nothing::toString);
    }

    @Test
    void checkSaysWhatCannotBeWovenAndWhatToListInstead() throws IOException {
        Result result = check("methods = java.io.FileInputStream#read0\n");
        assertEquals(1, result.status(), result::toString);
        assertTrue(result.err().contains("agent.properties:1: 'java.io.FileInputStream#read0'")
            && result.err().contains("list java.io.FileInputStream#read()"), result::toString);
    }

    @Test
    void checkResolvesPatternsAgainstTheClassPathWithoutLoadingItsClasses() throws IOException {
        String type = "org.example.check.Unloaded";
        Path classes = Path.of(CommandLineTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        String lines = "methods = " + type + "#work, " + type + "#wrok, org.example.check.Absent#work\n";
        Result result = check(lines, "--class-path", classes.toString());
        assertEquals(1, result.status(), result::toString);
        assertTrue(result.out().contains("woven  " + type + "#work(int)"), result::toString);
        assertEquals(2, result.err().lines().count(), result::toString);
        assertTrue(result.err().contains("declares no such method")
            && result.err().contains("no class org.example.check.Absent is on the class path"), result::toString);
    }

    @Test
    void checkResolvesPatternsAgainstTheJarsBesideARunner() throws IOException {
        String type = "org.example.check.Unloaded";
        String file = type.replace('.', '/') + ".class";
        try (InputStream content = CommandLineTest.class.getResourceAsStream("/" + file)) {
            ClassPathTest.runner(directory, file, content.readAllBytes());
        }
        String runner = directory.resolve("app.jar").toString();
        Result result = check("methods = " + type + "#work\n", "--class-path", runner);
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains("woven  " + type + "#work(int)"), result::toString);
    }

    @Test
    void checkCallsNothingAMistakeThatMayBeMadeAtRunTime() throws IOException {
        String type = "org.example.check.Unloaded";
        Path classes = Path.of(CommandLineTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        String made = type + "$jnr$ffi$0#work, " + type + "_ClientProxy#work, " + type
            + "$$SpringCGLIB$$*#work, org.example.check.$Proxy7#work, " + "java.sql.Driver+#connect";
        Result result = check("methods = " + made + "\n", "--class-path", classes.toString());
        assertEquals(0, result.status(), result::toString);
        assertEquals(5, result.out().lines().filter(line -> line.contains("not resolved: ")).count(), result::toString);
        assertEquals(3, result.out().lines().filter(line -> line.contains("for " + type)).count(), result::toString);
    }

    @Test
    void checkKnowsAMisspeltNestedClass() throws IOException {
        Result result = check("methods = java.util.Map$Entri#getKey\n", "--class-path", directory.toString());
        assertEquals(1, result.status(), result::toString);
        assertTrue(result.err().contains("did you mean java.util.Map$Entry?"), result::toString);
    }

    @Test
    void checkTellsWhatALibraryKeepsOnTheOsThread() throws IOException {
        assertTrue(check("methods = native org.lmdbjava.**#*\n").out()
            .contains("note   LMDB keeps a write transaction on its OS thread"));
        assertFalse(check("methods = java.net.InetAddress#getByName\n").out().contains("OS thread"));
    }

    @Test
    void checkTellsAMissingFileAndAMissingElementOfTheClassPath() throws IOException {
        assertEquals(1, run("check", directory.resolve("none").toString()).status());
        Result result =
            check("methods = java.net.InetAddress#getByName\n", "--class-path",
            directory.resolve("none.jar").toString());
        assertTrue(result.status() == 1 && result.err().contains("none.jar for --class-path"), result::toString);
    }

    @Test
    void wrongUsageIsTold() {
        for (String[] line
            : new String[][] {{"check"}, {"check", "a", "b"}, {"check", "--nonsense"}, {"stats"},
            {"top", "--interval"}, {"threads", "1", "2"}}) {
            Result result = run(line);
            assertEquals(2, result.status(), result::toString);
            assertEquals(1, result.err().lines().count(), result::toString);
        }
    }

    private record Result(int status, String out, String err) {
    }

    private Result check(String lines, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("agent.properties"), lines);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "check";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private static Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
            Main.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
