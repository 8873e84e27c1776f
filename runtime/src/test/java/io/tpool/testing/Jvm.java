// SPDX-License-Identifier: Apache-2.0
package io.tpool.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of the same kind as this one, for a main class of the tests. */
public final class Jvm {
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private Jvm() {
    }

    /**
     * What such a JVM has left behind.
     *
     * @param status its exit status
     * @param output what it printed, to either stream
     */
    public record Result(int status, String output) {
    }

    /** Runs the class with the given options and arguments; a JVM that does not end is killed, and fails the test. */
    public static Result run(List<String> options, Class<?> main, String... arguments) throws IOException,
            InterruptedException {
        return run(home(), PATIENCE, options, main, arguments);
    }

    /** As the other one, in a JVM of that JDK, which may take so long. */
    public static Result run(Path home, Duration patience, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("jvm");
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString(),
                "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + output + ".error", "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("no end: " + command + "\n" + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(Path.of(output + ".error"));
            Files.deleteIfExists(output);
            Files.delete(directory);
        }
    }

    /** Homes of the JDKs to test: those of {@code -Dtpool.it.java=HOME:HOME}, else the one that runs the tests. */
    public static Stream<Path> homes() {
        String homes = System.getProperty("tpool.it.java", "");
        return homes.isBlank() ? Stream.of(home())
                : Stream.of(homes.split(File.pathSeparator)).map(home -> Path.of(home.strip()));
    }

    private static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /** What the agent opens with Instrumentation.redefineModule. */
    public static List<String> opened(String... more) {
        List<String> options = new ArrayList<>(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED",
                "--add-opens", "java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens", "java.base/jdk.internal.vm=ALL-UNNAMED"));
        options.addAll(List.of(more));
        return options;
    }
}
