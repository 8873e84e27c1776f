// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/**
 * How a listed call is kept off the carrier.
 *
 * @since 1.0
 */
public enum Mode {
    /** Learned for each method: its calls move, as in {@link #TPOOL}, or stay on their carrier, under the guard. */
    AUTO,
    /** The virtual thread itself moves to a pool thread for the duration of the call. */
    TPOOL,
    /** A pool thread runs the call while the virtual thread is parked. */
    HANDOFF;

    /**
     * Tells how calls that leave the carrier do so.
     *
     * @return true if the virtual thread itself moves; false if its call is handed off
     */
    public boolean movesThread() {
        return this != HANDOFF;
    }
}
