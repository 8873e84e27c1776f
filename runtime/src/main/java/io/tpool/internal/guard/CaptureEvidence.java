// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * Learns from captures, on the guard's thread that names them. What it throws is counted and survived.
 *
 * @since 1.0
 */
public interface CaptureEvidence {
    /**
     * A carrier is captured.
     *
     * @param stack of the virtual thread, innermost first
     * @param captures how many this one stands for, 1 or more: the guard does not look at every stack
     * @param startNanos when it began, as {@link System#nanoTime}
     */
    void captured(StackTraceElement[] stack, long captures, long startNanos);
}
