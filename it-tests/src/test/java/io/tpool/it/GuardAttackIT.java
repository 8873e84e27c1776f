// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static io.tpool.it.GuardStats.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could leave the guard's scheduler raised for good, or make the guard see what is not there. */
class GuardAttackIT {
    private static final int CARRIERS = 2;
    private static final long STOPPED_MILLIS = 3_000;
    private static final int NODES = 40_000_000;
    private static final long LONG_COLLECTION_MILLIS = 500;
    private static final String LISTENS = "Listening for transport dt_socket at address: ";
    private static final String COLLECTED = "collected in ms=";

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

    /** A process that is stopped, as a suspended machine stops it, holds up the guard as well. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aProcessThatIsStoppedCapturesNothing(int threads) throws Exception {
        assertNothingIsCaptured(guarded(Jdk.running()), threads, app -> {
            signal(app, "STOP");
            TimeUnit.MILLISECONDS.sleep(STOPPED_MILLIS);   // how long it is stopped, not until something has happened
            signal(app, "CONT");
            return STOPPED_MILLIS;
        });
    }

    @Test
    void aDebuggerThatSuspendsAllThreadsCapturesNothing() throws Exception {
        String option = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
        assertNothingIsCaptured(guarded(Jvm.of(Jdk.running()).option(option)), 1, app -> {
            VirtualMachine debugged = debugger(app.awaitLine(LISTENS).lineAfter(LISTENS));
            debugged.suspend();
            TimeUnit.MILLISECONDS.sleep(STOPPED_MILLIS);
            debugged.resume();
            debugged.dispose();
            return STOPPED_MILLIS;
        });
    }

    @Test
    void aGarbageCollectionOfSecondsCapturesNothing() throws Exception {
        Jvm jvm = Jvm.of(Jdk.running()).option("-XX:+UseSerialGC").option("-Xmx3g");
        assertNothingIsCaptured(guarded(jvm), 1, app -> {
            app.tell("collect " + NODES);
            long millis = Long.parseLong(app.awaitLine(COLLECTED).lineAfter(COLLECTED));
            assertTrue(millis > LONG_COLLECTION_MILLIS, millis + " ms");
            return millis;
        });
    }

    /** A container with half a processor stands still for half of each period of 100 ms. */
    @Test
    void aQuotaOfHalfAProcessorLosesNothingAndLeavesNothingLent() throws Exception {
        Quota quota = Quota.ofHalfAProcessor();
        try (Running app = guarded(Jdk.running())) {
            quota.limit(app.pid());
            app.tell("turn 1").awaitLine("turning=1");
            app.tell("crowd 2000").awaitLine("crowded=2000");
            app.tell("nap 20").awaitLine("napped=20");
            String json = GuardStats.look(Jdk.running(), app);
            assertTrue(number(json, "largestLentCarriers") >= 1, json);
            awaitNothingLent(Jdk.running(), app);
            app.end().clean();
        } finally {
            quota.remove();
        }
    }

    private interface Standstill {
        /** Returns how long the application stood still, in milliseconds. */
        long of(Running app) throws Exception;
    }

    private static void assertNothingIsCaptured(Running started, int threads, Standstill stop) throws Exception {
        Jdk jdk = Jdk.running();
        try (Running app = started) {
            app.tell("turn " + threads).awaitLine("turning=" + threads);
            GuardStats.look(jdk, app);   // the first look loads classes
            long before = number(GuardStats.look(jdk, app), "capturedMillis");
            long millis = stop.of(app);
            String json = GuardStats.look(jdk, app);
            assertTrue(number(json, "longestStarvedMillis") < millis, json);
            assertFalse(json.matches("(?s).*\"how\":\"(native|pinned|monitor)\".*"), json);
            if (threads == 1) {   // several wait for each other's processors on a busy machine, and seem to block
                assertTrue(number(json, "capturedMillis") - before < millis, json);
            }
            app.end();
        }
    }

    private static VirtualMachine debugger(String address) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(one -> one.transport().name().equals("dt_socket")).findFirst().orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(address.substring(address.lastIndexOf(':') + 1).strip());
        return connector.attach(arguments);
    }

    private static Running guarded(Jdk jdk) {
        return guarded(Jvm.of(jdk));
    }

    private static Running guarded(Jvm jvm) {
        return jvm.carriers(CARRIERS).agentArgument("").begin("GuardApp").awaitLine("began");
    }

    /** Waits until the scheduler is as the user has set it. */
    private static void awaitRest(Jdk jdk, Running app) throws Exception {
        awaitNothingLent(jdk, app);
        assertEquals(CARRIERS, number(GuardStats.look(jdk, app), "parallelism"));
    }

    private static void awaitNothingLent(Jdk jdk, Running app) throws Exception {
        Await.until("nothing is lent and nothing is captured", () -> {
            String json = GuardStats.look(jdk, app);
            return number(json, "lentCarriers") == 0 && number(json, "capturedCarriers") == 0;
        });
    }

    private static void signal(Running app, String name) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, app.pid()).inheritIO().start().waitFor());
    }
}
