// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The standard descriptors of this process. */
public final class Descriptors {
    private Descriptors() {
    }

    /**
     * Tells whether a descriptor is a terminal. {@link System#console} would ask for standard input as well, and from
     * JDK 22 on it may be there without any terminal.
     *
     * @param descriptor 1 for standard output, 2 for standard error
     */
    public static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String file = Files.readSymbolicLink(link).toString();
                return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
            }
            return File.separatorChar == '/'
                && new ProcessBuilder("test", "-t", String.valueOf(descriptor)).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
