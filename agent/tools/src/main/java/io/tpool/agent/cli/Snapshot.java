// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.management.MethodRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the MBeans of a JVM said at one moment.
 *
 * @param pid of the JVM
 * @param summary what is in force; empty if the agent there is of a version that does not tell
 * @param patterns the pattern of each method, as far as known
 * @param running methods that are being called on pool threads
 * @param leftOut methods without calls that are not among {@code methods}
 * @param guard null if the agent there is of a version that has none
 * @param nanos when, as {@link System#nanoTime}
 */
record Snapshot(String pid, String version, String summary, boolean enabled, GuardStatus guard, List<PoolRow> pools,
        List<MethodRow> methods, Map<String, String> patterns, Set<String> running, int leftOut, long nanos) {
    Snapshot(String pid, String version, boolean enabled, GuardStatus guard, List<PoolRow> pools,
            List<MethodRow> methods, long nanos) {
        this(pid, version, "", enabled, guard, pools, methods, Map.of(), Set.of(), 0, nanos);
    }

    /** What hurts first: what kept a carrier, what failed, what waited long, what was called often. */
    static final Comparator<MethodRow> BY_PAIN = Comparator
        .comparingLong(Snapshot::stuck).reversed()
        .thenComparing(Comparator.comparingLong(MethodRow::waitP99Micros).reversed())
        .thenComparing(Comparator.comparingLong(MethodRow::offloaded).reversed())
        .thenComparing(MethodRow::method);

    /** The mode, in mode auto with what was learned: {@code auto moves}, {@code auto stays}. */
    static String mode(MethodRow row) {
        return row.decision().isEmpty() ? row.mode() : row.mode() + ' ' + row.decision();
    }

    /** True if the method's calls stay because they are short. */
    static boolean stays(MethodRow row) {
        return row.decision().equals("stays");
    }

    /** Calls that kept their carrier although they were not to. */
    static long stuck(MethodRow row) {
        return row.pinned() + (row.decision().isEmpty() ? row.inPlace() : 0);
    }
}
