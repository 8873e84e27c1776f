// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The files of one module in the release bundle.
 *
 * @param name  the module's artifact id
 * @param files everything but checksums and the repository's own files
 */
record PublishedModule(String name, List<Path> files) {
    static PublishedModule of(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return new PublishedModule(folder.getFileName().toString(), files.filter(Files::isRegularFile)
                .filter(file -> !file.getFileName().toString().matches("maven-metadata.*|.*\\.(md5|sha\\d+)"))
                .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pom pom() {
        return Pom.read(file(".pom"));
    }

    Stream<String> entries(String ending) {
        try (JarFile jar = new JarFile(file(ending).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String ending) {
        try {
            return Files.readString(file(ending));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds the one file with this ending after the version; a snapshot's version ends with a time and a number. */
    private Path file(String ending) {
        String file = name + "-[0-9.]+(-SNAPSHOT|-[0-9.]+-[0-9]+)?" + ending.replace(".", "\\.");
        List<Path> found = files.stream().filter(path -> path.getFileName().toString().matches(file)).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one " + file + ", found " + found + " among " + files);
        }
        return found.get(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
