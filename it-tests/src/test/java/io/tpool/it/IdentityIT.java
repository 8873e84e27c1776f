// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In mode {@code tpool} a listed method cannot tell the agent's presence from what it sees of its thread. */
class IdentityIT {
    private static final String LISTED = "methods = org.example.app.IdentityApp#inside";
    private static final String HOME = "ForkJoinPool-N-worker-N";
    private static final String POOL = "tpool-default-N";

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aListedMethodSeesTheThreadThatItWouldSeeWithoutTheAgent(Jdk jdk) {
        Map<String, String> without = Jvm.of(jdk).run("IdentityApp").clean().results();
        Map<String, String> with = Jvm.of(jdk).agent(LISTED).run("IdentityApp").clean().results();
        assertEquals(HOME, with.get("carrierBefore"));
        assertEquals(POOL, with.get("carrierInside"));
        assertEquals(POOL, with.get("carrierWithLock"));
        assertEquals(jdk.movesWithMonitors() ? POOL : HOME, with.get("carrierInMonitor"));
        assertEquals(HOME, with.get("carrierAfter"));
        assertSame(without, with);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aListedMethodSeesScopedValuesAndConfinedArenas(Jdk jdk) {
        assumeTrue(jdk.feature() >= 25, "skipped: scoped values came with JDK 25");
        Path application = Toolbox.application(jdk, "IdentityNewerApp");
        Map<String, String> without = Jvm.of(jdk).classPath(application).run("IdentityNewerApp").clean().results();
        Map<String, String> with =
            Jvm.of(jdk).classPath(application).agent(LISTED).run("IdentityNewerApp").clean().results();
        assertEquals(POOL, with.get("carrierInScope"));
        assertSame(without, with);
    }

    private static void assertSame(Map<String, String> without, Map<String, String> with) {
        without.keySet().removeIf(key -> key.startsWith("carrier"));
        with.keySet().removeIf(key -> key.startsWith("carrier"));
        assertEquals(String.join("\n", lines(without)), String.join("\n", lines(with)));
    }

    private static Iterable<String> lines(Map<String, String> results) {
        return results.entrySet().stream().map(Object::toString)::iterator;
    }
}
