// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rival that is written in Go: built when it is first run. */
final class GoProgram {
    private static final String SOURCES = "../src/main/go";
    private static final boolean AVAILABLE = isCommand("go") && isCommand("gcc");

    static {
        if (!AVAILABLE) {
            System.err.println("Go is left out: no \"go\" or no \"gcc\" on the PATH (packages golang-go and gcc)");
        }
    }

    private final Bench bench;

    /** @param bench where it is built */
    GoProgram(Bench bench) {
        this.bench = bench;
    }

    /** Whether it can be built here. */
    static boolean isAvailable() {
        return AVAILABLE;
    }

    private static boolean isCommand(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder,
            name)));
    }

    /** Runs it with as many processors for Go code as the JVMs have carriers. */
    Program.Ended run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(built().toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new Program(bench.results(), command, Map.of("GOMAXPROCS", Integer.toString(Bench.CARRIERS))).run();
    }

    /** Go itself finds out whether there is anything to do. */
    private Path built() throws IOException, InterruptedException {
        Path binary = bench.target().resolve("go-rival");
        List<String> command = new ArrayList<>(List.of("go", "build", "-o", binary.toString()));
        try (Stream<Path> sources = Files.list(bench.target().resolve(SOURCES).normalize())) {
            sources.map(Path::toString).filter(name -> name.endsWith(".go")).forEach(command::add);
        }
        new Program(bench.results(), command, Map.of("CGO_ENABLED", "1", "GOPROXY", "off")).run();
        return binary;
    }
}
