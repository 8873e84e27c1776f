// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * A time in which all carriers were captured while virtual threads waited.
 *
 * @param startNanos when it began, as {@link System#nanoTime}
 * @param nanos how long it took
 * @param carriers carriers that were captured
 * @param waiting virtual threads that waited, the most seen
 * @param method what captured one of the carriers, as in {@link Capture}; empty where no stack was looked at
 * @since 1.0
 */
public record Starvation(long startNanos, long nanos, int carriers, int waiting, String method) {
}
