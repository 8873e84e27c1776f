// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A virtual thread that holds a captured carrier at this moment.
 *
 * @param carrier name of the carrier
 * @param threadId id of the virtual thread
 * @param threadName its name, empty if it has none
 * @param method what captures the carrier, as in {@link CapturingMethodRow}
 * @param how as in {@link CapturingMethodRow}
 * @param heldMicros since when, microseconds
 * @since 1.0
 */
public record CapturedThreadRow(String carrier, long threadId, String threadName, String method, String how,
        long heldMicros) {
}
