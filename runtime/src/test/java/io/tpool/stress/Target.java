// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolAccess;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool that is called, with a listed method of each mode. */
final class Target {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long SMALL_STACK = 256 << 10;

    final Pool pool;
    final boolean small;
    final int moved;
    final int handed;
    /** The names of its threads begin with it, and no others do. */
    final String threads;

    Target(Plan plan, boolean small) {
        this.small = small;
        long stackSize = small ? SMALL_STACK : 0;
        String name = "stress" + NUMBERS.incrementAndGet();
        pool = Pools.define(PoolConfig.of(name, plan.size(), plan.max()).withKeepAliveNanos(plan.keepAliveNanos())
            .withStackSize(stackSize).withSaturation(plan.policy()));
        moved = ListedMethods.register(name + "#moved()", name, Mode.TPOOL, null);
        handed = ListedMethods.register(name + "#handed()", name, Mode.HANDOFF, null);
        threads = "tpool-" + name + "-";
        if (plan.starts() == Plan.Starts.REFUSED) {
            refuseStarts(true);
        }
    }

    /** Has the system refuse all further threads, or grant them again. */
    void refuseStarts(boolean refuse) {
        PoolAccess.refuseThreads(pool, refuse);
    }

    /** Gives up pool and methods; the pool's threads end by themselves. */
    void close() {
        ListedMethods.discard(moved);
        ListedMethods.discard(handed);
        Pools.remove(pool);
        pool.retire();
    }

    @Override
    public String toString() {
        return pool.name() + "[threads=" + pool.threadCount() + " active=" + pool.activeCount() + " size="
                + pool.size() + " max="
                + pool.max() + " queue=" + pool.queueDepth() + " waiting=" + PoolAccess.hasWaiting(pool) + " thrown="
                + pool.thrownCount() + " failedStarts=" + pool.failedStartCount() + " rejected="
                        + pool.rejectedCount() + "]";
    }
}
