// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications that call the pool themselves. */
class ApiIT {
    private static final Path RUNTIME =
        Path.of(System.getProperty("basedir"), "..", "runtime", "target", "tpool-runtime.jar").normalize();
    private static final Duration LIMIT = Duration.ofMinutes(10);

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void withoutTheAgentCallsAreHandedOff(Jdk jdk) {
        assertEquals(expected(64, false),
            Jvm.of(jdk).classPath(RUNTIME).timeout(LIMIT).run("ApiApp").clean().results());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void withTheAgentThreadsMoveInItsPool(Jdk jdk) {
        Jvm jvm = Jvm.of(jdk).classPath(RUNTIME).agent("pool.size = 7").timeout(LIMIT);
        assertEquals(expected(7, true), jvm.run("ApiApp").clean().results());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void withTheAgentTheApplicationNeedsNoJarOfItsOwn(Jdk jdk) {
        assertEquals(expected(64, true), Jvm.of(jdk).agentArgument("").timeout(LIMIT).run("ApiApp").clean().results());
    }

    private static Map<String, String> expected(int size, boolean moves) {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("size", Integer.toString(size));
        expected.put("moves", Boolean.toString(moves));
        expected.put("carrier", "tpool-default-N");
        expected.put("rightAnswers", "10000");
        expected.put("leftBehind", "0");
        for (int workers : new int[] {5, 50, 500}) {
            expected.put("imap" + workers, "in order, in constant memory");
        }
        expected.put("grid", "256");
        return expected;
    }
}
