// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.management.CapturingMethodRow;
import java.util.Comparator;
import java.util.List;

/**
 * The guard's figures at one moment, as its MBean gives them; durations in the unit of their name.
 *
 * @param captures the capturing methods, worst first
 */
record GuardStatus(String mode, long patienceMicros, int max, int parallelism, int capturedCarriers, int lentCarriers,
        int largestLentCarriers, long captureCount, long capturedMillis, long starvedCount, long starvedMillis,
        long longestStarvedMillis, List<CapturingMethodRow> captures) {
    /** Those that captured carriers longest first. */
    static final Comparator<CapturingMethodRow> WORST_FIRST = Comparator
        .comparingLong(CapturingMethodRow::millis).reversed()
        .thenComparing(Comparator.comparingLong(CapturingMethodRow::count).reversed())
        .thenComparing(CapturingMethodRow::method);
}
