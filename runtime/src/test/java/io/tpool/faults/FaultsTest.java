// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tpool.internal.pool.Pool;
import io.tpool.testing.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link FaultRun} on each JDK of {@code -Dtpool.it.java=HOME:HOME}, to its end, whatever fails on the way. With
 * {@code -Dtpool.faults=everywhere} it throws also where no error can come from, to show how much room there is.
 */
@Tag("stress")
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ENOUGH = 200;

    @TempDir
    private Path directory;

    static Stream<Path> homes() {
        return Jvm.homes();
    }

    @ParameterizedTest
    @MethodSource("homes")
    @Timeout(value = 1, unit = java.util.concurrent.TimeUnit.HOURS)
    void an_error_anywhere_on_the_way_loses_no_thread_and_leaves_the_pool_working(Path home) throws Exception {
        Path classes = Path.of(Pool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> options = Jvm.opened("-Xlog:os+thread=off", "-javaagent:" + agent() + "=" + classes,
                "-Dtpool.faults=" + System.getProperty("tpool.faults", ""));
        List<String> failures = new ArrayList<>();
        for (int next = 0; next >= 0 && failures.size() < ENOUGH;) {
            Jvm.Result result = Jvm.run(home, PATIENCE, options, FaultRun.class, String.valueOf(next));
            String[] lines = result.output().strip().split("\n");
            String last = lines[lines.length - 1];
            if (result.status() == 0) {
                System.out.println(home + " " + last);
                next = -1;
            } else {
                String failed = Stream.of(lines).filter(line ->
                        line.startsWith("FAILED")).findFirst().orElse(result.output());
                System.out.println(home + " " + failed);
                failures.add(failed);
                next = last.contains("next=") ? Integer.parseInt(last.substring(last.indexOf("next=") + 5)) : -1;
            }
        }
        assertEquals(List.of(), failures, () -> failures.size() + " failed");
    }

    /** The agent's classes are on the class path; the jar only names the first one. */
    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), FaultAgent.class.getName());
        Path jar = directory.resolve("faults.jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream made = new JarOutputStream(out, manifest)) {
            made.finish();
        }
        return jar;
    }
}
