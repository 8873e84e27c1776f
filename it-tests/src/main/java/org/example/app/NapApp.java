// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Blocks in the C library's {@code usleep}, again and again, until it is told to end.
 *
 * @since 1.0
 */
public final class NapApp {
    private static final int NAP_MICROS = 300_000;

    private NapApp() {
    }

    /** The C library. */
    public interface CLibrary extends Library {
        /**
         * Sleeps.
         *
         * @param micros how long
         * @return 0
         */
        int usleep(int micros);
    }

    /**
     * Runs it.
     *
     * @param args a file that this writes its process id to; it ends when the file is gone
     * @throws Exception if the file cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        CLibrary library = Native.load("c", CLibrary.class);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, Long.toString(ProcessHandle.current().pid()));
        Files.move(draft, file);
        Load.onVirtualThreads(Load.carriers(), number -> {
            while (Files.exists(file)) {
                nap(library);
            }
        });
    }

    private static void nap(CLibrary library) {
        library.usleep(NAP_MICROS);
    }
}
