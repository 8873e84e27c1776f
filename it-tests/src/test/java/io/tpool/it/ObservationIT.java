// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** MBeans and flight recordings: there when somebody looks, and not before. */
class ObservationIT {
    private static final String CALL_ONCE = "org.example.app.CountedCalls#callOnce";
    private static final String NAME = "test";
    private static final String LISTED = "methods = " + CALL_ONCE
        + ", org.example.app.CountedCalls#nap, org.example.app.CountedCalls#fail, "
        + "org.example.app.CountedCalls#pinnedOnce";

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theMBeansAreInTheServerThatTheApplicationHasMadeItself(Jdk jdk) {
        Run run = Jvm.of(jdk).agent("methods = " + CALL_ONCE).run("OwnServersApp").clean();
        assertEquals("0 0 1 2 false",
            String.join(" ", List.of(run.value("servers"), run.value("madeByOthers"), run.value("madeByMe"),
            run.value("madeAtLast"), run.value("inOwn"))), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void neitherServerNorRecorderIsStartedForAnApplicationThatNobodyLooksAt(Jdk jdk) {
        try (Running app =
            Jvm.of(jdk).option("-Xlog:class+load").agent("methods = " + CALL_ONCE).begin("CountedApp", "calls", "10")) {
            app.awaitLine("ready");
            Run run = app.end().clean();
            assertFalse(run.out().contains(" javax.management."), "management classes were loaded");
            assertFalse(run.out().contains(" jdk.jfr."), "classes of the flight recorder were loaded");
            assertTrue(run.out().contains(" io.tpool.internal.hook.Move "), "the agent did its work");
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aRuntimeImageOfTheBaseModuleAloneIsEnough(Jdk jdk) {
        Run run = Jvm.of(image(jdk)).agent("methods = " + CALL_ONCE, "log = info").begin("CountedApp", "calls", "10")
            .awaitLine("ready").end();
        assertEquals(0, run.exit(), run::toString);
        assertTrue(run.errorLines().stream().allMatch(line -> line.startsWith("[tpool] INFO ")), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void whereThereIsNoFlightRecorderDiscoverSaysSoInOneLine(Jdk jdk) {
        Jdk image = image(jdk);
        Run inside =
            Jvm.of(image).agentArgument("discover=true").begin("CountedApp", "calls", "10").awaitLine("ready").end();
        assertEquals(0, inside.exit(), inside::toString);
        assertEquals(List.of("[tpool] WARN discover: this runtime image has no module jdk.jfr, "
            + "so nothing is discovered"), inside.errorLines());
        try (Running app = Jvm.of(image).begin("CountedApp", "wait", "1")) {
            app.awaitLine("ready");
            Run outside = Jvm.of(Jdk.running()).runJar(Jvm.agentJar(), "discover", app.pid(), "--for", "1s");
            assertEquals(1, outside.exit(), outside::toString);
            assertTrue(outside.err().lines()
                .anyMatch(line -> line.contains("its Java runtime has no JFR (module jdk.jfr)")), outside::toString);
            app.end().clean();
        }
    }

    private static Jdk image(Jdk jdk) {
        Path image = Jvm.newDirectory().resolve("image");
        Jvm.of(jdk).runTool("jlink", "--add-modules", "java.base,java.instrument", "--output", image.toString())
            .successful();
        Jdk small = new Jdk(image, jdk.feature());
        assumeTrue(Jvm.of(small).runTool("java", "--version").exit() == 0,
            "images of this JDK do not run on this machine");
        return small;
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aRecordingFromTheStartHoldsTheCallsThatItsSettingsAskFor(Jdk jdk) throws Exception {
        String all = events(jdk, "+io.tpool.Offload#threshold=0ms");
        assertTrue(all.contains("method = \"" + CALL_ONCE + "()\""), all);
        assertTrue(all.contains("outcome = \"threw\"") && all.contains("outcome = \"offloaded\"")
            && all.contains("outcome = \"pinned\""), all);
        assertTrue(all.contains("poolThread = \"tpool-default-") && all.contains("queueTime = ")
            && all.contains("runTime = "), all);
        assertFalse(all.contains("stackTrace"), all);
        assertFalse(all.contains("self-test"), all);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aRecordingThatIsStartedLaterHoldsLongCallsOnly(Jdk jdk) throws Exception {
        Path file = Jvm.newDirectory().resolve("late.jfr");
        try (Running app = Jvm.of(jdk).agent(LISTED).begin("CountedApp", "nap", "4")) {
            app.awaitLine("napping");
            Jvm.of(jdk).runTool("jcmd", app.pid(), "JFR.start", "name=" + NAME).successful();
            awaitRecorded(jdk, app, file);
            app.tell("on").awaitLine("ready");
            dump(jdk, app, file);
            app.end();
        }
        String events = print(jdk, file);
        assertTrue(events.contains("method = \"org.example.app.CountedCalls#nap(long)\""), events);
        assertFalse(events.contains(CALL_ONCE), events);
    }

    private static void dump(Jdk jdk, Running app, Path file) {
        Jvm.of(jdk).runTool("jcmd", app.pid(), "JFR.dump", "name=" + NAME, "filename=" + file).successful();
    }

    private static void awaitRecorded(Jdk jdk, Running app, Path file) throws Exception {
        Await.until("the agent knows of the recording", () -> {
            dump(jdk, app, file);
            return Jvm.of(jdk).runTool("jfr", "metadata", file.toString()).successful().out()
                .contains("io.tpool.Offload");
        });
    }

    private static String events(Jdk jdk, String settings) throws Exception {
        Path file = Jvm.newDirectory().resolve("calls.jfr");
        try (Running app =
            Jvm.of(jdk).option("-XX:StartFlightRecording:name=" + NAME + "," + settings).option("-Xlog:jfr*=off")
            .agent(LISTED)
                .begin("CountedApp", "nap", "4")) {
            app.awaitLine("napping");
            awaitRecorded(jdk, app, file);
            app.tell("on").awaitLine("ready");
            dump(jdk, app, file);
            app.end().successful();
        }
        return print(jdk, file);
    }

    private static String print(Jdk jdk, Path file) {
        return Jvm.of(jdk).runTool("jfr", "print", "--events", "io.tpool.Offload", file.toString()).successful().out();
    }
}
