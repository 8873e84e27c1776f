// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Sleeps in native code. */
final class JnaWork implements Work {
    private static final int MICROS = 300;
    private static final CLibrary LIBRARY = Native.load("c", CLibrary.class);

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

    @Override
    public void once() {
        Work.check(LIBRARY.usleep(MICROS) == 0, "usleep failed");
    }
}
