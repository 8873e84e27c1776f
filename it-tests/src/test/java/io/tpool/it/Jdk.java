// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK to run applications on. */
record Jdk(Path home, int feature) {
    /** The JDKs to test: those of {@code -Dtpool.it.java=HOME:HOME}, else the one that runs the tests. */
    static List<Jdk> all() {
        String homes = System.getProperty("tpool.it.java", "");
        if (homes.isBlank()) {
            return List.of(running());
        }
        return Arrays.stream(homes.split(File.pathSeparator)).map(home -> at(Path.of(home.strip()))).toList();
    }

    static Jdk running() {
        return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    private static Jdk at(Path home) {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("tpool.it.java: " + home + " is not the home of a JDK", e);
        }
        String version = release.getProperty("JAVA_VERSION").replace("\"", "");
        return new Jdk(home, Runtime.Version.parse(version).feature());
    }

    /** Each JDK with one carrier and with two. */
    static Stream<Setting> settings() {
        return all().stream().flatMap(jdk -> Stream.of(new Setting(jdk, 1), new Setting(jdk, 2)));
    }

    /**
     * Before JDK 24 a thread that holds a monitor cannot leave its carrier: the outermost method is listed there, not
     * the native.
     */
    boolean movesWithMonitors() {
        return feature >= 24;
    }

    String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    /** Where a case runs. */
    record Setting(Jdk jdk, int carriers) {
        @Override
        public String toString() {
            return jdk + (carriers == 1 ? ", 1 carrier" : ", " + carriers + " carriers");
        }
    }
}
