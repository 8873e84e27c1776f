// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A JVM that runs sample tests with the shipped jars on its class path, as build tools and IDEs start one. */
final class Forked {
    private static final List<String> PARALLEL = List.of("junit.jupiter.execution.parallel.enabled=true",
        "junit.jupiter.execution.parallel.mode.default=concurrent",
        "junit.jupiter.execution.parallel.mode.classes.default=concurrent",
        "junit.jupiter.execution.parallel.config.strategy=fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism=6");

    private final Path home;
    private final List<String> options = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private int times = 1;
    private int minutes = 3;

    Forked(Path home) {
        this.home = home;
    }

    /** The JDKs of {@code -Dtpool.it.java=HOME:HOME}, else the one that runs the tests. */
    static List<Path> jdks() {
        String homes = System.getProperty("tpool.it.java", "");
        return homes.isBlank() ? List.of(running())
            : Arrays.stream(homes.split(File.pathSeparator)).map(Path::of).toList();
    }

    static Path running() {
        return Path.of(System.getProperty("java.home"));
    }

    Forked option(String option) {
        options.add(option);
        return this;
    }

    Forked parameter(String parameter) {
        parameters.add(parameter);
        return this;
    }

    Forked parallel() {
        parameters.addAll(PARALLEL);
        return this;
    }

    /** Before all else on the class path. */
    Forked first(Path classes) {
        classPath.add(classes.toString());
        return this;
    }

    Forked times(int count) {
        times = count;
        return this;
    }

    /** How long it may take. */
    Forked minutes(int limit) {
        minutes = limit;
        return this;
    }

    /** Runs the classes, each with the verdict that is its name's value. */
    Result run(String... tests) throws IOException, InterruptedException {
        Path out = Files.createTempFile("forked", ".txt");
        classPath.addAll(List.of(System.getProperty("tpool.it.junit"), System.getProperty("tpool.it.agent")));
        String libraries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Arrays.stream(libraries.split(File.pathSeparator)).filter(Forked::isNeeded).forEach(classPath::add);
        List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), "org.example.tests.Suite",
            Integer.toString(times)));
        command.addAll(parameters);
        command.addAll(List.of(tests));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet()
            .removeIf(name -> name.startsWith("TPOOL_") || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            String text = Files.readString(out);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(command + (ended ? " ended with " + process.exitValue() : " still runs") + "\n"
                    + text);
            }
            return new Result(text);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    /** Not what the jars hold, in another form. */
    private static boolean isNeeded(String entry) {
        return !entry.contains("tpool-agent") && !entry.contains("tpool-runtime") && !entry.contains("tpool-junit")
            && !entry.endsWith(File.separator + "classes");
    }

    /** What was printed. */
    record Result(String text) {
        /** Status of each test, and of each class that did not pass; several runs joined by commas. */
        Map<String, String> verdicts() {
            Map<String, String> verdicts = new TreeMap<>();
            text.lines().filter(line -> line.startsWith("RESULT ")).map(line -> line.split(" ", 4))
                .forEach(line -> verdicts.merge(line[1], line[2], (a, b) -> a.equals(b) ? a : a + "," + b));
            return verdicts;
        }

        /** What the first run of a test said. */
        String message(String test) {
            return text.lines().filter(line -> line.startsWith("RESULT " + test + " ")).findFirst()
                .map(line -> line.split(" ", 4)[3]).orElseThrow(() -> new AssertionError(text));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
