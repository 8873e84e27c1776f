// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A woven method and its figures, of all class loaders that have woven it. Percentiles are within 3.2 % of the exact
 * value, or a microsecond where that is more.
 *
 * @param method {@code com.acme.Type#method(int, java.lang.String)}
 * @param pool name of the pool on which its calls run
 * @param mode how its calls are kept off the carrier: {@code auto}, {@code tpool} or {@code handoff}
 * @param offloaded calls that ran on a pool thread
 * @param inPlace calls by virtual threads that ran on their carrier because the pool was saturated, or because the
 *     caller held the
 *     monitor that a handed off method needs
 * @param pinned calls that could not leave the carrier because of a native frame, a class initialiser or, before JDK
 *     24, a held monitor
 * @param failed calls that ended with an exception: the method threw it, or the pool was saturated and rejected the
 *     call
 * @param waitP50Micros half of the offloaded calls waited no longer for a pool thread, microseconds
 * @param waitP99Micros 99 of 100 offloaded calls waited no longer for a pool thread, microseconds
 * @param runP50Micros half of the offloaded calls ran no longer, microseconds
 * @param runP99Micros 99 of 100 offloaded calls ran no longer, microseconds
 * @param runMaxMicros the longest run of an offloaded call, microseconds
 * @param decision in mode {@code auto} whether the method's calls move or stay at present, {@code moves} or
 *     {@code stays};
 *     empty in every other mode
 * @param reason why, one line; empty in every other mode
 * @param sinceMillis since when, milliseconds since the epoch; 0 in every other mode
 * @since 1.0
 */
public record MethodRow(String method, String pool, String mode, long offloaded, long inPlace, long pinned, long failed,
        long waitP50Micros, long waitP99Micros, long runP50Micros, long runP99Micros, long runMaxMicros,
        String decision, String reason, long sinceMillis) {
    /**
     * All calls by virtual threads that are counted.
     *
     * @return offloaded, in place and pinned
     */
    public long calls() {
        return offloaded + inPlace + pinned;
    }
}
