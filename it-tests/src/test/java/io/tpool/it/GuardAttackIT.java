package io.tpool.it;

import static io.tpool.it.GuardStats.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could leave the guard's scheduler raised for good, or make the guard see what is not there. */
class GuardAttackIT {
    private static final int CARRIERS = 2;
    private static final long STOPPED_MILLIS = 3_000;

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aThousandCapturesAtOnceAreServedAndLeaveNothingRaised(Jdk jdk) throws Exception {
        try (Running app = guarded(jdk)) {
            app.tell("nap 1000").awaitLine("napped=1000");
            String json = GuardStats.look(jdk, app);
            assertTrue(number(json, "largestLentCarriers") > CARRIERS, json);
            awaitRest(jdk, app);
            app.end().clean();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aHundredThousandPoliteThreadsAreNoCapturesForLong(Jdk jdk) throws Exception {
        try (Running app = guarded(jdk)) {
            app.tell("crowd 100000").awaitLine("crowded=100000");
            awaitRest(jdk, app);
            app.end().clean();
        }
    }

    /** A process that is stopped, as a suspended machine or a debugger stops it, holds up the guard as well. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aProcessThatIsStoppedCapturesNothing(int threads) throws Exception {
        Jdk jdk = Jdk.running();
        try (Running app = guarded(jdk)) {
            app.tell("turn " + threads).awaitLine("turning=" + threads);
            GuardStats.look(jdk, app);   // the first look loads classes
            long before = number(GuardStats.look(jdk, app), "capturedMillis");
            signal(app, "STOP");
            TimeUnit.MILLISECONDS.sleep(STOPPED_MILLIS);   // how long it is stopped, not until something has happened
            signal(app, "CONT");
            String json = GuardStats.look(jdk, app);
            assertTrue(number(json, "longestStarvedMillis") < STOPPED_MILLIS, json);
            assertFalse(json.matches("(?s).*\"how\":\"(native|pinned|monitor)\".*"), json);
            if (threads == 1) {   // several wait for each other's processors on a busy machine, and seem to block
                assertTrue(number(json, "capturedMillis") - before < STOPPED_MILLIS, json);
            }
        }
    }

    private static Running guarded(Jdk jdk) {
        return Jvm.of(jdk).carriers(CARRIERS).agentArgument("").begin("GuardApp").awaitLine("began");
    }

    /** Waits until the scheduler is as the user has set it. */
    private static void awaitRest(Jdk jdk, Running app) throws Exception {
        Await.until("nothing is lent and nothing is captured", () -> {
            String json = GuardStats.look(jdk, app);
            return number(json, "lentCarriers") == 0 && number(json, "capturedCarriers") == 0;
        });
        assertEquals(CARRIERS, number(GuardStats.look(jdk, app), "parallelism"));
    }

    private static void signal(Running app, String name) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, app.pid()).inheritIO().start().waitFor());
    }
}
