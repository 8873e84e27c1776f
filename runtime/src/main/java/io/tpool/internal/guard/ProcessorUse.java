// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * What a carrier had used, and waited for, at one moment.
 *
 * @param at the moment, as {@link System#nanoTime}
 * @param used its CPU time in nanoseconds; negative where that is not known
 * @param waited how long it had waited for a processor, in nanoseconds; {@link ProcessorWaits#UNKNOWN} where that is
 *     not known
 * @param stood for how long everything may have stood still, in nanoseconds, see {@link Standstill}
 */
record ProcessorUse(long at, long used, long waited, long stood) {
    boolean isWaitKnown() {
        return waited != ProcessorWaits.UNKNOWN;
    }
}
