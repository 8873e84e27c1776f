// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/**
 * What becomes of a further call when a pool has all the threads that it may have, and all are busy.
 *
 * @since 1.0
 */
public enum Saturation {
    /** It waits for a thread, first come first served. */
    WAIT,
    /** It runs where it is, on its carrier, inside the JDK's own compensation. */
    INPLACE,
    /** It fails with {@link java.util.concurrent.RejectedExecutionException}. */
    REJECT
}
