// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.management;

import io.tpool.internal.offload.LearnedPolicy;
import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.MethodFigures;
import io.tpool.internal.offload.Offload;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.Pools;
import io.tpool.management.MethodRow;
import io.tpool.management.OffloadMXBean;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Shows what is offloaded. */
public final class OffloadBean implements OffloadMXBean {
    /** Creates one. */
    public OffloadBean() {
    }

    @Override
    public boolean isEnabled() {
        return Offload.enabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        Offload.enable(enabled);
    }

    @Override
    public Map<String, MethodRow> getMethods() {
        Map<String, MethodRow> rows = new TreeMap<>();
        for (MethodFigures figures : ListedMethods.figures()) {
            rows.put(figures.method(), row(figures));
        }
        return rows;
    }

    @Override
    public Map<String, MethodRow> getCalledMethods() {
        Set<String> running = new HashSet<>();
        for (Pool pool : Pools.all()) {
            new PoolBean(pool).getThreads().values().forEach(row -> running.add(row.method()));
        }
        Map<String, MethodRow> rows = getMethods();
        rows.values().removeIf(row -> row.calls() == 0 && row.failed() == 0 && !running.contains(row.method()));
        return rows;
    }

    private static MethodRow row(MethodFigures figures) {
        LearnedPolicy.Decision decision = figures.decision();
        return new MethodRow(figures.method(), figures.pool(), figures.mode().name().toLowerCase(Locale.ROOT),
                figures.offloaded(), figures.inPlace(), figures.pinned(), figures.failed(),
                figures.waitP50() / 1_000, figures.waitP99() / 1_000,
                figures.runP50() / 1_000, figures.runP99() / 1_000, figures.runMax() / 1_000,
                decision == null ? "" : decision.moves() ? "moves" : "stays", decision == null ? "" : decision.reason(),
                decision == null ? 0 : decision.sinceMillis());
    }

    @Override
    public long getOffloadedCount() {
        return sum(MethodFigures::offloaded);
    }

    @Override
    public long getInPlaceCount() {
        return sum(MethodFigures::inPlace);
    }

    @Override
    public long getPinnedCount() {
        return sum(MethodFigures::pinned);
    }

    @Override
    public long getFailedCount() {
        return sum(MethodFigures::failed);
    }

    private static long sum(ToLongFunction<MethodFigures> column) {
        return ListedMethods.figures().stream().mapToLong(column).sum();
    }

    @Override
    public void reset() {
        ListedMethods.reset();
    }
}
