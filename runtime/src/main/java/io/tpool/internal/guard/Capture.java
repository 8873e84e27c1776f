// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * A capture that has ended. Holds strings only, so that it keeps no class alive.
 *
 * @param method what captured the carrier, {@code com.acme.Type#method}: the native method, the first Java frame
 *     of a computation, or the frame that pins
 * @param kind how
 * @param startNanos when it began, as {@link System#nanoTime}
 * @param nanos how long it took
 * @param virtualThread id of the virtual thread
 * @param virtualThreadName its name, empty if it has none
 * @param carrier name of the carrier
 * @param stack the virtual thread's stack, innermost first; empty where it was not looked at
 * @since 1.0
 */
public record Capture(String method, CaptureKind kind, long startNanos, long nanos, long virtualThread,
        String virtualThreadName, String carrier, StackTraceElement[] stack) {
}
