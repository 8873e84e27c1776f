// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static io.tpool.it.GuardStats.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard as users meet it: attached without any configuration, looked at, switched. */
class GuardIT {
    private static final String GUARDS_OWN = "io.tpool.internal.guard.";
    private static final String THREAD = "\"tpool-guard\"";
    private static final String CAPTOR = "org.example.app.JnaApp$Direct#usleep";
    private static final String ADVICE = "list org.example.app.GuardApp#nap (first method above JNA)";
    private static final int FEWEST_THREADS = 6;
    private static final int MOST_NAPS = 20;

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void withoutConfigurationItStartsWithTheFirstVirtualThreadAndLendsCarriers(Jdk jdk) throws Exception {
        try (Running app = guarded(jdk).option("-Xlog:class+load").begin("GuardApp").awaitLine("began")) {
            assertFalse(threads(jdk, app).contains(THREAD), "it started without a virtual thread");
            String json =
                napUntil(jdk, app, looked -> number(looked, "largestLentCarriers") > 0 && looked.contains(ADVICE));
            assertTrue(threads(jdk, app).contains(THREAD), "it did not start");
            Run run = app.end().clean();
            assertTrue(run.out().indexOf(GUARDS_OWN) > run.out().indexOf("began="),
                "it was loaded without a virtual thread");
            assertTrue(json.contains("\"mode\":\"on\", \"patienceMicros\":1000, \"parallelism\":2,"),
                json);
            assertTrue(number(json, "captureCount") > 0 && number(json, "capturedMillis") > 0, json);
            String row = json.lines().filter(line -> line.contains(CAPTOR)).findFirst().orElseThrow();
            assertTrue(row.contains("\"how\":\"native\"") && row.contains("\"advice\":\"" + ADVICE + "\""), row);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void anApplicationWithoutVirtualThreadsLoadsNothingOfIt(Jdk jdk) {
        Run run = guarded(jdk).option("-Xlog:class+load").run("PlainApp", "see").successful();
        assertTrue(run.out().contains(" io.tpool.agent.observe.Observation "), "the agent is there");
        assertFalse(run.out().contains(GUARDS_OWN), "something of the guard was loaded");
    }

    /** The trial of a move makes the first virtual thread while a class loads: no transformer hears of its classes. */
    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void itStartsAlsoWhereAClassWithAListedMethodIsLoadedBeforeTheFirstVirtualThread(Jdk jdk) throws Exception {
        try (Running app =
            guarded(jdk, "methods = com.sun.jmx.mbeanserver.JmxMBeanServer#getAttribute").begin("GuardApp")
                .awaitLine("began")) {
            GuardStats.look(jdk, app);   // which answers when the agent has looked at what was loaded before main
            app.tell("get Mode").awaitLine("Mode=on");
            napUntil(jdk, app, looked -> number(looked, "largestLentCarriers") > 0);
            app.end().clean();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void watchCountsAndNamesAndLendsNothing(Jdk jdk) {
        try (Running app = guarded(jdk, "guard = watch").begin("GuardApp").awaitLine("began")) {
            String json = napUntil(jdk, app, looked -> number(looked, "starvedCount") > 0 && looked.contains(ADVICE));
            app.end().clean();
            assertTrue(number(json, "captureCount") > 0 && number(json, "longestStarvedMillis") > 0, json);
            assertEquals(0, number(json, "largestLentCarriers"), json);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void offIsOffUntilJmxSwitchesItOn(Jdk jdk) throws Exception {
        try (Running app =
            guarded(jdk, "guard = off").option("-Xlog:class+load").begin("GuardApp").awaitLine("began")) {
            app.tell("nap 3").awaitLine("napped=3");
            assertFalse(threads(jdk, app).contains(THREAD), "it started");
            app.tell("get Mode").awaitLine("Mode=off").tell("set Mode on").awaitLine("set Mode=on");
            Await.until("the guard has started", () -> threads(jdk, app).contains(THREAD));
            String json = napUntil(jdk, app, looked -> number(looked, "largestLentCarriers") > 0);
            Run run = app.end().clean();
            assertTrue(run.out().indexOf(GUARDS_OWN) > run.out().indexOf("napped=3"), "something of it was loaded");
            assertTrue(json.contains("\"mode\":\"on\""), json);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Mode maybe | Mode must be on, watch or off, not 'maybe'", "PatienceMicros 0 | PatienceMicros must be 100 to",
        "PatienceMicros 3600000000 | PatienceMicros must be 100 to", "Max 0 | Max must be 1 to 32767, not 0",
        "Max -1 | Max must be 1 to 32767", "Max 1000000000 | Max must be 1 to 32767"})
    void nonsenseOverJmxIsRefusedWithWhatWouldBeRight(String set, String right) {
        try (Running app = guarded(Jdk.running()).begin("GuardApp").awaitLine("began")) {
            app.tell("set " + set).awaitLine("refused " + set.split(" ")[0] + "=" + right);
            app.tell("get Mode").awaitLine("Mode=on").end().clean();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void capturesAndStarvationAreEvents(Jdk jdk) {
        Path file = Jvm.newDirectory().resolve("captures.jfr");
        try (Running app = guarded(jdk, "guard = watch").option("-XX:StartFlightRecording:filename=" + file)
                .option("-Xlog:jfr*=off").begin("GuardApp").awaitLine("began")) {
            napUntil(jdk, app, looked -> number(looked, "starvedCount") > 1 && looked.contains(CAPTOR));
            app.end().successful();
        }
        String events =
            Jvm.of(jdk).runTool("jfr", "print", "--events", "io.tpool.Capture,io.tpool.Starvation", file.toString())
            .successful().out();
        for (String part
            : List.of("io.tpool.Capture {", "method = \"" + CAPTOR + "\"", "how = \"native\"", "virtualThread = \"#",
                "carrier = \"ForkJoinPool", "GuardApp.nap(GuardApp.java", "io.tpool.Starvation {", "carriers = 2",
                "waiting = ")) {
            assertTrue(events.contains(part), () -> "no " + part + " in " + events);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void atLevelInfoEachCulpritIsOneLine(Jdk jdk) {
        String line = "[tpool] INFO guard: " + CAPTOR
            + " captures carriers (native, called by org.example.app.GuardApp#nap); " + ADVICE;
        try (Running app = guarded(jdk, "log = info").begin("GuardApp").awaitLine("began")) {
            napUntil(jdk, app, looked -> looked.contains(CAPTOR));
            app.awaitError(line);
            Run run = app.tell("nap 3").awaitLine("napped=3").end().successful();
            assertEquals(1, run.errorLines().stream().filter(line::equals).count(), run::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void attachedToAJvmThatHasVirtualThreadsItStartsAtOnce(Jdk jdk) throws Exception {
        try (Running app =
            Jvm.of(jdk).carriers(2).option("-XX:+EnableDynamicAgentLoading").begin("GuardApp").awaitLine("began")) {
            app.tell("nap 3").awaitLine("napped=3");
            Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", app.pid()).clean();
            Await.until("the guard has started", () -> threads(jdk, app).contains(THREAD));
            napUntil(jdk, app, looked -> number(looked, "largestLentCarriers") > 0);
            app.end().successful();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"guard=off,jmx=false", "guard=on,jmx=false"})
    void withoutJmxItWorksAllTheSame(String settings) throws Exception {
        Jdk jdk = Jdk.running();
        try (Running app = Jvm.of(jdk).carriers(2).agentArgument(settings).begin("GuardApp").awaitLine("began")) {
            app.tell("nap 3").awaitLine("napped=3");
            if (settings.startsWith("guard=on")) {
                Await.until("the guard has started", () -> threads(jdk, app).contains(THREAD));
            } else {
                assertFalse(threads(jdk, app).contains(THREAD));
            }
            app.end().clean();
        }
    }

    /**
     * Captures carriers until that shows: on a machine without a free processor the guard comes too late to see some.
     */
    private static String napUntil(Jdk jdk, Running app, Predicate<String> shown) {
        String json = "";
        for (int threads = FEWEST_THREADS; threads < FEWEST_THREADS + MOST_NAPS; threads++) {
            app.tell("nap " + threads).awaitLine("napped=" + threads);
            json = GuardStats.look(jdk, app);
            if (shown.test(json)) {
                return json;
            }
        }
        throw new AssertionError("not after " + MOST_NAPS + " naps: " + json);
    }

    private static Jvm guarded(Jdk jdk, String... lines) {
        Jvm jvm = Jvm.of(jdk).carriers(2);
        return lines.length == 0 ? jvm.agentArgument("") : jvm.agent(lines);
    }

    private static String threads(Jdk jdk, Running app) {
        return Jvm.of(jdk).runTool("jcmd", app.pid(), "Thread.print").successful().out();
    }
}
