// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A new JVM of the running JDK, with this one's class path. */
final class Jvm {
    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private String classPath = ownClassPath();

    /** @param directory for its output; its working directory too */
    Jvm(Path directory) {
        this.directory = directory;
    }

    /** This JVM's, which a JVM in another working directory finds too. */
    static String ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
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
    Program.Ended run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Program(directory, command, Map.of()).run();
    }
}
