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
    }

    /**
     * Runs it.
     *
     * @param arguments {@code file}, {@code bind} or {@code thread}: what it calls
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "file" -> read();
            case "bind" -> System.out.println("pid=" + (Bound.getpid() > 0));
            default -> Thread.ofVirtual().start(() -> System.exit(EXIT)).join();
        }
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
