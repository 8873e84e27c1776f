// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code discover PID} on applications in which nothing moves any more: no event ends, and no sample shows it. */
@Timeout(900)
class DiscoverStandingIT {
    private static final String APP = "org.example.app.StandingApp#";

    static Stream<Arguments> cases() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of("initialiser request", "loader use", "monitor caller")
            .filter(words -> !jdk.movesWithMonitors() || !words.startsWith("monitor"))
            .map(words -> Arguments.of(jdk, words.split(" ")[0], words.split(" ")[1])));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void whatStandsStillIsFoundAndTheFirstMethodOutsideOfWhatPinsIsAdvised(Jdk jdk, String how, String listed) {
        try (Running app = Jvm.of(jdk).carriers(2).begin("StandingApp", how).awaitLine("standing")) {
            Run run = Jvm.of(Jdk.running()).runJar(Jvm.agentJar(), "discover", app.pid(), "--for", "2s", "--json");
            Discovered found = Discovered.of(run);
            assertEquals(List.of(APP + listed), found.list(), found::json);
            assertTrue(found.capturedMillis() > 1_000, found::json);
            app.tell("go").end().successful();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void whereTheJdkLendsCarriersNothingIsListedAndNothingStarves(Jdk jdk) {
        try (Running app = Jvm.of(jdk).carriers(2).begin("StandingApp", "pipe").awaitLine("standing")) {
            Run run = Jvm.of(Jdk.running()).runJar(Jvm.agentJar(), "discover", app.pid(), "--for", "2s").successful();
            assertTrue(run.out().contains("do not list: the JDK lends a carrier meanwhile"), run::toString);
            assertTrue(run.out().contains("All carriers captured at once: not seen"), run::toString);
            assertFalse(run.out().contains("No other virtual thread"), run::toString);
            app.tell("go").end().successful();
        }
    }
}
