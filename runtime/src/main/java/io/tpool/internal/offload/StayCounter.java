// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.PoolThread;

/**
 * Counts calls that stay on their carrier, about: each carrier adds to a cell of its own without an atomic operation,
 * and where two carriers share a cell an addition may be lost.
 */
final class StayCounter {
    private static final int CELLS =
            Integer.highestOneBit(Math.max(2, Runtime.getRuntime().availableProcessors()) * 2 - 1) * 2;
    /** Longs between two cells, so that they share no cache line. */
    private static final int STRIDE = 8;
    private static final int MASK = (CELLS - 1) * STRIDE;

    private StayCounter() {
    }

    static long[] cells() {
        return new long[CELLS * STRIDE];
    }

    /** A call inside one that has moved leaves no carrier, and is not counted. */
    static void increment(long[] cells) {
        Thread carrier = VirtualThreads.carrier();
        if (!(carrier instanceof PoolThread)) {
            int cell = carrier == null ? 0 : (int) carrier.threadId() * STRIDE & MASK;
            cells[cell]++;
        }
    }

    static long sum(long[] cells) {
        long sum = 0;
        for (int i = 0; i < cells.length; i += STRIDE) {
            sum += cells[i];
        }
        return sum;
    }
}
