// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * How a carrier is captured.
 *
 * @since 1.0
 */
public enum CaptureKind {
    /** A native method blocks. */
    NATIVE("native"),
    /**
     * The thread is parked, and a native frame, a class initialiser or, before JDK 24, a monitor keeps it on its
     * carrier.
     */
    PINNED("pinned"),
    /** The thread waits for a monitor, before JDK 24, or for a class that another thread initialises. */
    MONITOR("monitor"),
    /** The thread computes. */
    COMPUTING("computing"),
    /** The stack was not looked at. */
    UNKNOWN("unknown");

    private final String word;

    CaptureKind(String word) {
        this.word = word;
    }

    /**
     * For people and for rows.
     *
     * @return one word in lower case
     */
    public String word() {
        return word;
    }
}
