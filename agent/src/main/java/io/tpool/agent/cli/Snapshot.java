package io.tpool.agent.cli;

import io.tpool.management.MethodRow;
import java.util.Comparator;
import java.util.List;

/**
 * What the MBeans of a JVM said at one moment.
 *
 * @param pid of the JVM
 * @param guard null if the agent there is of a version that has none
 * @param nanos when, as {@link System#nanoTime}
 */
record Snapshot(String pid, String version, boolean enabled, GuardStatus guard, List<PoolRow> pools,
        List<MethodRow> methods, long nanos) {
    /** What hurts first: what kept a carrier, what failed, what waited long, what was called often. */
    static final Comparator<MethodRow> BY_PAIN = Comparator
        .comparingLong((MethodRow row) -> row.pinned() + row.inPlace()).reversed()
        .thenComparing(Comparator.comparingLong(MethodRow::waitP99Micros).reversed())
        .thenComparing(Comparator.comparingLong(MethodRow::offloaded).reversed())
        .thenComparing(MethodRow::method);
}
