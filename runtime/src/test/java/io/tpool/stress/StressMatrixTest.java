// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tpool.testing.Jvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link StressMatrix} on each JDK of {@code -Dtpool.it.java=HOME:HOME}. It runs for {@code -Dtpool.stress.seconds=N}
 * on each, or
 * until {@code -Dtpool.stress.calls=N} calls are made; {@code -Dtpool.stress.seed=N} repeats the choices of a run
 * that failed.
 */
@Tag("stress")
class StressMatrixTest {
    private static final String SECONDS = System.getProperty("tpool.stress.seconds", "");
    private static final String CALLS = System.getProperty("tpool.stress.calls", "");
    private static final String SEED = System.getProperty("tpool.stress.seed", "");
    /** For what a plan waits for at its end; a run by calls may take as long as it makes progress. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    static Stream<Path> homes() {
        return Jvm.homes();
    }

    @ParameterizedTest
    @MethodSource("homes")
    @Timeout(value = 1, unit = java.util.concurrent.TimeUnit.DAYS)
    void every_call_runs_once_where_it_should_and_every_caller_comes_back(Path home) throws Exception {
        List<String> arguments = new ArrayList<>();
        Duration limit = PATIENCE;
        if (CALLS.isEmpty()) {
            String seconds = SECONDS.isEmpty() ? String.valueOf(45 / Jvm.homes().count()) : SECONDS;
            arguments.add("seconds=" + seconds);
            limit = limit.plusSeconds(Long.parseLong(seconds));
        } else {
            arguments.add("calls=" + CALLS);
            limit = Duration.ofHours(20);
        }
        if (!SEED.isEmpty()) {
            arguments.add("seed=" + SEED);
        }
        List<String> options = Jvm.opened("-Xlog:os+thread=off", "-Xmx512m");
        Jvm.Result result = Jvm.run(home, limit, options, StressMatrix.class, arguments.toArray(String[]::new));
        System.out.println(home + "\n" + result.output());
        assertEquals(0, result.status(), result::output);
    }
}
