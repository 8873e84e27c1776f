// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes one call and ends the JVM at once.
 *
 * @since 1.0
 */
public final class EndApp {
    private static final int EXIT = 3;
    private static final int NAP_MICROS = 1_000_000;

    private EndApp() {
    }

    /** A class of JNA's direct mapping. */
    static final class Bound {
        static {
            Native.register("c");
        }

        private Bound() {
        }

        static native int getpid();

        static native int usleep(int micros);
    }

    /**
     * Runs it.
     *
     * @param arguments {@code file}, {@code bind} or {@code nap}: what it calls, the last on a virtual thread, which
     *     captures its carrier
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "file" -> read();
            case "bind" -> System.out.println("pid=" + (Bound.getpid() > 0));
            default -> {
                System.out.println("pid=" + (Bound.getpid() > 0));
                Thread.ofVirtual().start(EndApp::nap).join();
            }
        }
        System.exit(EXIT);
    }

    private static void nap() {
        Bound.usleep(NAP_MICROS);
        System.exit(EXIT);
    }

    private static void read() throws IOException {
        Path file = Files.createTempFile("end", ".txt");
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            System.out.println("read=" + in.read());
        } finally {
            Files.delete(file);
        }
    }
}
