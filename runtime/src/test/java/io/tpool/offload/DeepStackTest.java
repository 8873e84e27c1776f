package io.tpool.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.pool.Saturation;
import io.tpool.testing.Virtual;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls from deep down the stack. */
class DeepStackTest {
    @TempDir
    private Path directory;

    /** Without any care the JVM crashes, on JDK 21 to 28. */
    @ParameterizedTest
    @CsvSource({"-XX:+TieredCompilation, 0", "-XX:TieredStopAtLevel=1, 0", "-XX:TieredStopAtLevel=1, 262144", "-Xint, 262144"})
    void a_stack_that_overflows_does_so_as_without_us(String option, String stackSize) throws Exception {
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("error.txt"), option,
                "-cp", System.getProperty("java.class.path"), DeepStack.class.getName(), stackSize));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(50, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> "no end: " + command);
        assertEquals(0, process.exitValue(), Files.readString(output));
        assertTrue(Files.readString(output).contains("overflows=6"), Files.readString(output));
    }

    @Test
    void a_thread_whose_stack_is_too_large_for_a_pool_thread_stays_and_moves_when_it_is_smaller() throws Exception {
        try (Listed listed = Listed.inPool(1, 1, 256 << 10, Saturation.WAIT, Mode.TPOOL)) {
            Virtual.call(() -> {
                assertFalse(deepDown(5_000, listed));
                assertTrue(deepDown(5, listed));
                return null;
            });
            assertEquals(1, listed.figures().pinned());
            assertEquals(1, listed.figures().offloaded());
        }
    }

    @Test
    void a_thread_moves_from_deep_down_to_a_pool_thread_with_as_much_stack_as_carriers_have() throws Exception {
        try (Listed listed = Listed.inPool(1)) {
            assertTrue(Virtual.call(() -> deepDown(1_000, listed)));
            assertTrue(Virtual.call(() -> deepDown(1_000, listed)));
        }
    }

    private static boolean deepDown(int levels, Listed listed) throws Exception {
        return levels == 0 ? listed.call(listed::isCarrying) : deepDown(levels - 1, listed);
    }
}
