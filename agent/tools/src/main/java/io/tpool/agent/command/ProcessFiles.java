// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux shows of another process as files. */
public final class ProcessFiles {
    private ProcessFiles() {
    }

    /**
     * Names one.
     *
     * @param pid process id
     * @param names below the process's folder
     * @return a path that need not exist
     */
    public static Path of(long pid, String... names) {
        return Path.of("/proc/" + pid, names);
    }

    /**
     * Tells whether a process has the library of a JVM. Asked before the JDK attaches to it, because the JDK waits ten
     * seconds for an answer.
     *
     * @param pid process id
     * @return false if it is another program
     * @throws java.nio.file.NoSuchFileException if the system does not tell
     * @throws IOException if it tells others only
     */
    public static boolean isJvm(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(of(pid, "maps"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains("libjvm") || line.contains("libj9vm"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
