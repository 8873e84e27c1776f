package io.tpool.offload;

import io.tpool.stats.Histogram.Snapshot;

/**
 * The figures of one woven method, or of all of them: durations in nanoseconds, percentiles within 3.2 % ({@link io.tpool.stats.Histogram}).
 *
 * @param offloaded calls that ran on a pool thread
 * @param inPlace calls by virtual threads that ran on their carrier because the pool was saturated or could start no thread
 * @param pinned calls that could not leave the carrier
 * @param failed calls that ended with an exception: offloaded calls whose method threw, and calls that the pool rejected
 * @param waitP50 half of the offloaded calls waited no longer for a pool thread
 * @param waitP99 99 of 100 offloaded calls waited no longer
 * @param runP50 half of the offloaded calls ran no longer
 * @param runP99 99 of 100 offloaded calls ran no longer
 * @param runMax the longest run
 * @since 1.0
 */
public record Figures(long offloaded, long inPlace, long pinned, long failed,
        long waitP50, long waitP99, long runP50, long runP99, long runMax) {
    static Figures of(Counts counts) {
        Snapshot waits = counts.waits.snapshot();
        Snapshot runs = counts.runs.snapshot();
        long longest = counts.longest.get();
        return new Figures(counts.offloaded.sum(), counts.inPlace.sum(), counts.pinned.sum(), counts.failed.sum(),
                waits.percentile(0.5), waits.percentile(0.99),
                Math.min(longest, runs.percentile(0.5)), Math.min(longest, runs.percentile(0.99)), longest);
    }
}
