package io.tpool.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A new JVM of the running JDK, with this one's class path. One at a time: the system adds up what ended children have used. */
final class Jvm {
    private static final int LIMIT_SECONDS = 300;

    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private String classPath = ownClassPath();

    /** @param directory for its output; its working directory too */
    Jvm(Path directory) {
        this.directory = directory;
    }

    /** This JVM's, which a JVM in another working directory finds too. */
    static String ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Jvm option(String option) {
        options.add(option);
        return this;
    }

    Jvm options(List<String> more) {
        options.addAll(more);
        return this;
    }

    Jvm classPath(String path) {
        classPath = path;
        return this;
    }

    /** Runs a class to its end. */
    Ended run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path out = directory.resolve("jvm.out");
        Path err = directory.resolve("jvm.err");
        Usage before = Usage.ofChildren();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("still runs after " + LIMIT_SECONDS + " s: " + String.join(" ", command));
        }
        long nanos = System.nanoTime() - start;
        Usage used = Usage.ofChildren().minus(before);
        if (process.exitValue() != 0) {
            String said = Files.readString(err);
            throw new IOException("status " + process.exitValue() + ", " + said.lines().findFirst().orElse("without a word") + "\n"
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
     * @param results what the application printed
     */
    record Ended(long nanos, long cpuNanos, Map<String, Double> results) {
    }
}
