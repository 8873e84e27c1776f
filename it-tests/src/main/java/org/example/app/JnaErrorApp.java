// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * C functions that fail, through JNA, and the error numbers that they leave. Nothing parks between a call and the look
 * at its number.
 *
 * @since 1.0
 */
public final class JnaErrorApp {
    private static final int THREADS = 10;
    private static final int CALLS = 200;
    private static final int NO_SUCH_FILE = 2;
    private static final int BAD_DESCRIPTOR = 9;

    private JnaErrorApp() {
    }

    /** Part of the C library. */
    public interface CLibrary extends Library {
        /** Loaded on first use. */
        CLibrary INSTANCE = Native.load("c", CLibrary.class);

        /**
         * Opens a file.
         *
         * @param path which
         * @param flags how
         * @return its descriptor, or -1
         */
        int open(String path, int flags);

        /**
         * Closes a file.
         *
         * @param descriptor of the file
         * @return 0, or -1
         */
        int close(int descriptor);
    }

    /** The same, with exceptions. */
    public interface Throwing extends Library {
        /** Loaded on first use. */
        Throwing INSTANCE = Native.load("c", Throwing.class);

        /**
         * Closes a file.
         *
         * @param descriptor of the file
         * @return 0
         * @throws LastErrorException if that fails
         */
        int close(int descriptor) throws LastErrorException;
    }

    /**
     * Counts the numbers that are right.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        AtomicInteger right = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        AtomicInteger thrown = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int k = 0; k < CALLS; k++) {
                    int number = k % 2 == 0 ? NO_SUCH_FILE : BAD_DESCRIPTOR;
                    right.addAndGet(fails(number) && Native.getLastError() == number ? 1 : 0);
                    without();
                    kept.addAndGet(Native.getLastError() == number ? 1 : 0);
                    thrown.addAndGet(thrown() == BAD_DESCRIPTOR ? 1 : 0);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Load.print("right", right.get());
        Load.print("kept", kept.get());
        Load.print("thrown", thrown.get());
    }

    private static boolean fails(int number) {
        CLibrary library = CLibrary.INSTANCE;
        return (number == NO_SUCH_FILE ? library.open("/does/not/exist", 0) : library.close(-1)) == -1;
    }

    /** Makes no native call. */
    private static void without() {
        Thread.onSpinWait();
    }

    private static int thrown() {
        try {
            return Throwing.INSTANCE.close(-1);
        } catch (LastErrorException e) {
            return e.getErrorCode();
        }
    }
}
