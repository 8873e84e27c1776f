// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.metrics.Histogram.Snapshot;
import java.util.List;

/**
 * The figures of one woven method, of all class loaders that have woven it. Durations are in nanoseconds, percentiles
 * within 3.2 % ({@link io.tpool.internal.metrics.Histogram}).
 *
 * @param method for people, {@code com.acme.Type#method(int, java.lang.String)}
 * @param pool name of its pool
 * @param mode how its calls are kept off the carrier
 * @param offloaded calls that ran on a pool thread
 * @param inPlace calls by virtual threads that ran on their carrier because the pool was saturated or could start no
 *     thread
 * @param pinned calls that could not leave the carrier
 * @param failed calls that ended with an exception: the method threw it, or the pool rejected the call
 * @param waitP50 half of the offloaded calls waited no longer for a pool thread
 * @param waitP99 99 of 100 offloaded calls waited no longer
 * @param runP50 half of the offloaded calls ran no longer
 * @param runP99 99 of 100 offloaded calls ran no longer
 * @param runMax the longest run
 * @param decision in mode auto: whether the calls move or stay at present, and why; null in every other mode
 * @since 1.0
 */
public record MethodFigures(String method, String pool, Mode mode, long offloaded, long inPlace, long pinned,
        long failed,
        long waitP50, long waitP99, long runP50, long runP99, long runMax, LearnedPolicy.Decision decision) {
    /**
     * Whether its calls stay on their carrier at present, by what was learned.
     *
     * @return false in every mode but auto
     */
    public boolean stays() {
        return decision != null && !decision.moves();
    }

    /** Adds up what the loaders have counted of one method. */
    static MethodFigures of(List<ListedMethod> same) {
        ListedMethod method = same.get(0);
        long offloaded = 0;
        long inPlace = 0;
        long pinned = 0;
        long failed = 0;
        long longest = 0;
        Snapshot waits = new Snapshot();
        Snapshot runs = new Snapshot();
        for (ListedMethod each : same) {
            MethodCounters one = each.counts();
            inPlace += each.stayed();
            offloaded += one.offloaded.sum();
            inPlace += one.inPlace.sum();
            pinned += one.pinned.sum();
            failed += one.failed.sum();
            longest = Math.max(longest, one.longest.get());
            waits.add(one.waits);
            runs.add(one.runs);
        }
        return new MethodFigures(method.name(), method.pool().name(), method.mode(), offloaded, inPlace, pinned, failed,
                waits.percentile(0.5), waits.percentile(0.99),
                Math.min(longest, runs.percentile(0.5)), Math.min(longest, runs.percentile(0.99)), longest,
                method.policy() == null ? null : method.policy().decision());
    }
}
