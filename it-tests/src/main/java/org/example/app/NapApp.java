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
    /** So many that keeping them in place costs less than moving them, naps included. */
    private static final int SHORT_CALLS = 100_000;

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
     * @param args a file that this writes its process id to; it ends when the file is gone. {@code seldom} behind it
     *     for many calls that do not nap before each one that does
     * @throws Exception if the file cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        int shortCalls = args.length > 1 ? SHORT_CALLS : 0;
        CLibrary library = Native.load("c", CLibrary.class);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, Long.toString(ProcessHandle.current().pid()));
        Files.move(draft, file);
        Load.onVirtualThreads(Load.carriers(), number -> {
            while (Files.exists(file)) {
                for (int i = 0; i < shortCalls; i++) {
                    nap(library, 0);
                }
                nap(library, NAP_MICROS);
            }
        });
    }

    private static void nap(CLibrary library, int micros) {
        if (micros > 0) {
            library.usleep(micros);
        }
    }
}
