// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/** What the stall detector does, at a moment that a test chooses. */
public final class Stalls {
    private Stalls() {
    }

    /** Adds a thread, or lets go what waits. */
    public static void stalled(Pool pool) {
        pool.stalled();
    }
}
