// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Compiles what Maven does not: C, and applications that need a newer Java than 21. */
final class Toolbox {
    private static final Path SOURCES = Path.of(System.getProperty("basedir"), "src", "test");
    private static final Map<String, Path> LIBRARIES = new ConcurrentHashMap<>();

    private Toolbox() {
    }

    /** The first of these programs that is installed; the test is skipped where none is. */
    static Path program(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable).findFirst()
            .orElseGet(() -> abort("skipped: not installed: " + String.join(", ", names)));
    }

    /** A shared library of {@code src/test/c/NAME.c}; the test is skipped where there is no C compiler. */
    static Path library(String name) {
        return LIBRARIES.computeIfAbsent(name, Toolbox::compileLibrary);
    }

    /** A directory with the class of {@code src/test/apps/NAME.java}, compiled by that JDK. */
    static Path application(Jdk jdk, String name, Path... classPath) {
        Path directory = Jvm.newDirectory();
        List<String> entries = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        Arrays.stream(classPath).map(Path::toString).forEach(entries::add);
        List<String> command =
            new ArrayList<>(List.of("-d", directory.toString(), "-cp", String.join(File.pathSeparator, entries)));
        if (jdk.feature() == 21) {
            command.addAll(List.of("--release", "21", "--enable-preview"));
        }
        command.add(SOURCES.resolve("apps").resolve(name + ".java").toString());
        Run javac = Jvm.of(jdk).runTool("javac", command.toArray(String[]::new));
        assertEquals(0, javac.exit(), javac::toString);
        return directory;
    }

    /** A directory with the classes of all that lies below {@code src/test/apps/FOLDER}, for every JDK from 21. */
    static Path classes(String folder, String... options) throws IOException {
        Path directory = Jvm.newDirectory();
        List<String> command = new ArrayList<>(List.of("-d", directory.toString(), "--release", "21"));
        command.addAll(List.of(options));
        try (Stream<Path> files = Files.walk(SOURCES.resolve("apps").resolve(folder))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
        }
        Run javac = Jvm.of(Jdk.running()).runTool("javac", command.toArray(String[]::new));
        assertEquals(0, javac.exit(), javac::toString);
        return directory;
    }

    private static Path compileLibrary(String name) {
        Path library = Jvm.newDirectory().resolve(System.mapLibraryName(name));
        Path headers = headers();
        List<String> command =
            List.of("cc", "-Wall", "-O2", "-shared", "-fPIC", "-I" + headers, "-I" + headers.resolve(platform()),
            "-o", library.toString(), SOURCES.resolve("c").resolve(name + ".c").toString(), "-ldl");
        try {
            Process cc = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(cc.getInputStream().readAllBytes());
            assertEquals(0, cc.waitFor(), String.join(" ", command) + "\n" + output);
            return library;
        } catch (IOException e) {
            return abort("skipped: no C compiler named cc (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The headers of the first JDK under test that has some; they are the same in all. */
    private static Path headers() {
        return Stream.concat(Stream.of(Jdk.running()), Jdk.all().stream()).map(jdk -> jdk.home().resolve("include"))
            .filter(include -> Files.exists(include.resolve("jni.h"))).findFirst()
            .orElseGet(() -> abort("skipped: no JDK under test has include/jni.h"));
    }

    private static String platform() {
        return System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    }
}
