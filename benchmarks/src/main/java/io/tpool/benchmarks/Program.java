// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs to its end and prints {@code key=value} lines. One at a time: the system adds up what ended
 * children have used.
 *
 * @param directory for its output; its working directory too
 * @param command the program and its arguments
 * @param environment variables that it gets besides this process's
 */
record Program(Path directory, List<String> command, Map<String, String> environment) {
    private static final int LIMIT_SECONDS = 300;

    Ended run() throws IOException, InterruptedException {
        Path out = directory.resolve("program.out");
        Path err = directory.resolve("program.err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile())).redirectOutput(out.toFile())
            .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Usage before = Usage.ofChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("still runs after " + LIMIT_SECONDS + " s: " + String.join(" ", command));
        }
        long nanos = System.nanoTime() - start;
        Usage used = Usage.ofChildren().minus(before);
        if (process.exitValue() != 0) {
            String said = Files.readString(err);
            throw new IOException("status " + process.exitValue() + ", "
                + said.lines().findFirst().orElse("without a word") + "\n"
                + String.join(" ", command) + "\n" + said);
        }
        return new Ended(nanos, used.cpuNanos(), results(Files.readAllLines(out)));
    }

    private static Map<String, Double> results(List<String> lines) {
        Map<String, Double> results = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                results.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
            }
        }
        return results;
    }

    /**
     * What came of it.
     *
     * @param nanos from start to end
     * @param cpuNanos user and system time, zero where the system does not tell
     * @param results what the program printed
     */
    record Ended(long nanos, long cpuNanos, Map<String, Double> results) {
        /** Those of the results that are there, by metric. */
        Map<Metric, Double> figures(Map<Metric, String> keys) {
            Map<Metric, Double> figures = new EnumMap<>(Metric.class);
            keys.forEach((metric, key) -> {
                if (results.containsKey(key)) {
                    figures.put(metric, results.get(key));
                }
            });
            return figures;
        }
    }
}
