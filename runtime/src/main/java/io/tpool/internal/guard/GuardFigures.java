// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * One look at the guard. The counts begin anew with each {@link Guard#reset}.
 *
 * @param parallelism carriers that the user set, without those lent
 * @param capturedCarriers carriers that are captured now
 * @param lentCarriers carriers that are lent now
 * @param largestLentCarriers most carriers lent at once
 * @param captureCount captures, ended ones and those that go on
 * @param capturedMillis time that carriers were captured, milliseconds, all captures added up
 * @param starvedCount times that all carriers were captured while others waited
 * @param starvedMillis time of that, milliseconds
 * @param longestStarvedMillis the longest of these times, milliseconds
 * @since 1.0
 */
public record GuardFigures(int parallelism, int capturedCarriers, int lentCarriers, int largestLentCarriers,
        long captureCount, long capturedMillis, long starvedCount, long starvedMillis, long longestStarvedMillis) {
}
