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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What once lost virtual threads, ran calls on the threads of another pool, or crashed the JVM: a virtual thread that
 * had been let go
 * from a pool's queue was taken for the one that had come back into it; or a stack dump had it mounted while it
 * waited. Each runs for some seconds on each JDK of
 * {@code -Dtpool.it.java=HOME:HOME}, and again as many times as {@code -Dtpool.stress.repeats=N} says.
 */
@Tag("stress")
class KnownLossesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> CARRIERS = List.of("-Djdk.virtualThreadScheduler.parallelism=8");
    private static final List<String> INTERPRETED = List.of("-Xint");

    static Stream<Arguments> cases() {
        int repeats = Integer.getInteger("tpool.stress.repeats", 1);
        return Jvm.homes().flatMap(home -> Stream.iterate(1, seed -> seed + 1).limit(repeats).flatMap(seed ->
                cases(home, seed)));
    }

    private static Stream<Arguments> cases(Path home, int seed) {
        return Stream.of(
                of(home, seed, "starts_refused", CARRIERS, "policy=WAIT starts=REFUSED callers=64 size=64 max=512"),
                of(home, seed, "let_go_in_place", List.of(), "policy=INPLACE disturbances=STALLS callers=16"),
                of(home, seed, "let_go_refused", List.of(), "policy=REJECT disturbances=STALLS callers=16"),
                of(home, seed, "never_let_go", List.of(), "policy=WAIT disturbances=STALLS callers=16"),
                of(home, seed, "small_stacks", INTERPRETED,
                        "policy=INPLACE pools=2 disturbances=STALLS callers=16 depth=400"),
                of(home, seed, "dumped_before_its_first_move", List.of(),
                        "policy=WAIT pools=2 disturbances=DUMPS ways=HANDOFF,API callers=256 plain=false calls=10000"),
                of(home, seed, "observed", INTERPRETED, "policy=WAIT disturbances=OBSERVERS ways=TPOOL,API callers=8"));
    }

    private static Arguments of(Path home, int seed, String name, List<String> options, String words) {
        return Arguments.of(home, name, options, words + " seed=" + seed
                + (words.contains("calls=") ? "" : " seconds=4"));
    }

    @ParameterizedTest(name = "{1} {3} {0}")
    @MethodSource("cases")
    @Timeout(value = 1, unit = java.util.concurrent.TimeUnit.HOURS)
    void nothing_is_lost_or_goes_astray(Path home, String name, List<String> more, String words) throws Exception {
        List<String> options = new ArrayList<>(Jvm.opened("-Xlog:os+thread=off"));
        options.addAll(more);
        Jvm.Result result = Jvm.run(home, PATIENCE, options, Stress.class, words.split(" "));
        System.out.println(name + ": " + result.output());
        assertEquals(0, result.status(), result::output);
    }
}
