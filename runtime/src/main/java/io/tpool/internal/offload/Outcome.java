// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/**
 * What became of a call of a woven method by a virtual thread.
 *
 * @since 1.0
 */
public enum Outcome {
    /** It ran on a pool thread and returned. */
    OFFLOADED,
    /** It ran on a pool thread and threw. */
    THREW,
    /** It ran on its carrier, by choice. */
    IN_PLACE,
    /** It ran on its carrier, which it could not leave. */
    PINNED,
    /** The pool was saturated and refused it. */
    REJECTED
}
