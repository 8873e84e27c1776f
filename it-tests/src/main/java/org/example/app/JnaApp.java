// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * The C library's {@code usleep} through JNA: {@code interface} mapping, or {@code direct} mapping, which binds natives
 * by reflection.
 *
 * @since 1.0
 */
public final class JnaApp {
    private static final int BLOCK_MICROS = 2_000_000;

    private JnaApp() {
    }

    /** Interface mapping. */
    public interface CLibrary extends Library {
        /**
         * Sleeps.
         *
         * @param micros how long
         * @return 0
         */
        int usleep(int micros);
    }

    /** Direct mapping. */
    public static final class Direct {
        static {
            Native.register(Direct.class, "c");
        }

        private Direct() {
        }

        /**
         * Sleeps.
         *
         * @param micros how long
         * @return 0
         */
        public static native int usleep(int micros);
    }

    /**
     * Runs one of the cases.
     *
     * @param args name of the case
     * @throws Exception if the case fails
     */
    public static void main(String[] args) throws Exception {
        CLibrary library = args[0].equals("interface") ? Native.load("c", CLibrary.class) : null;
        int threads = Load.carriers();
        Load.onVirtualThreads(threads, i -> nap(library, 1));
        boolean[] slept = new boolean[threads];
        Load.besideBystander(threads, i -> slept[i] = nap(library, BLOCK_MICROS) == 0);
        for (int i = 0; i < threads; i++) {
            Load.print("slept" + i, slept[i]);
        }
    }

    private static int nap(CLibrary library, int micros) {
        return library == null ? Direct.usleep(micros) : library.usleep(micros);
    }
}
