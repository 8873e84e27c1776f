// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * A virtual thread that holds a captured carrier at this moment.
 *
 * @param carrier name of the carrier
 * @param virtualThread its id
 * @param virtualThreadName its name, empty if it has none
 * @param method what captures the carrier, as in {@link Capture}
 * @param kind how
 * @param nanos since when
 * @since 1.0
 */
public record CapturedThread(String carrier, long virtualThread, String virtualThreadName, String method,
        CaptureKind kind, long nanos) {
}
