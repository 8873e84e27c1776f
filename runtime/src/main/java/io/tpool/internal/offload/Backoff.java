// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/** How a pool thread passes the moment in which another thread is expected to finish a step that it has begun. */
final class Backoff {
    private static final int SPINS = 200;

    private Backoff() {
    }

    /**
     * Spins at first, then lets other threads run: the other's carrier may not be running. Leaves the interrupt status
     * alone.
     */
    static void pause(int looks) {
        if (looks < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
