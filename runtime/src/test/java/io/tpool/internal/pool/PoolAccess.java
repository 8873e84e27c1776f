// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/** What tests outside this package do to a pool that applications cannot do. */
public final class PoolAccess {
    /** Bytes of stack that no system grants a thread. */
    public static final long TOO_LARGE = 1L << 50;

    private PoolAccess() {
    }

    /** Does what the stall detector does to a pool in which work waits and none gets done. */
    public static void stalled(Pool pool) {
        pool.stalled();
    }

    /** Tells whether work waits in a queue. */
    public static boolean hasWaiting(Pool pool) {
        return pool.hasWaiting();
    }

    /** Places taken by calls that wait or run; 0 where the policy is to wait. */
    public static int placesTaken(Pool pool) {
        return pool.placesTaken();
    }

    /** Has the system refuse every further thread of the pool, or grant them again. */
    public static void refuseThreads(Pool pool, boolean refuse) {
        pool.requestedStackSize = refuse ? TOO_LARGE : pool.stackSize();
    }
}
