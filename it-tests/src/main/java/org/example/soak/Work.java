// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

/** What one virtual thread of the soak does, again and again. */
interface Work {
    /** Does it once, and checks what comes out. */
    void once() throws Exception;

    /** Gives up what it holds. */
    default void close() throws Exception {
    }

    /** Fails if something came out that should not. */
    static void check(boolean right, String what) {
        if (!right) {
            throw new IllegalStateException(what);
        }
    }
}
