package io.tpool.offload;

/**
 * How a listed call is kept off the carrier.
 *
 * @since 1.0
 */
public enum Mode {
    /** The virtual thread itself moves to a pool thread for the duration of the call. */
    TPOOL,
    /** A pool thread runs the call while the virtual thread is parked. */
    HANDOFF
}
