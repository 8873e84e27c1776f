// SPDX-License-Identifier: Apache-2.0
package org.example.check;

/** Cannot be initialised: for tests of what must load no class. Outside of io.tpool, which cannot be listed. */
public final class Unloaded {
    static {
        fail();
    }

    private Unloaded() {
    }

    private static void fail() {
        throw new ExceptionInInitializerError("no class was to be loaded");
    }

    void work(int number) {
    }
}
