// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * What is known of one capturing method since the last {@link Guard#reset}.
 *
 * @param method as in {@link Capture}
 * @param kind how it captured carriers last
 * @param count captures
 * @param nanos time that carriers were captured, all captures added up
 * @param longestNanos the longest capture
 * @param threads different virtual threads, at least so many
 * @param calledBy the first method of the application above it, as seen last; empty if there is none
 * @param stack the stack of one capture, innermost first, for advice
 * @since 1.0
 */
public record CaptureRow(String method, CaptureKind kind, long count, long nanos, long longestNanos, long threads,
        String calledBy, StackTraceElement[] stack) {
}
