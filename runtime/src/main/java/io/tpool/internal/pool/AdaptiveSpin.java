// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/**
 * How often a searcher looks at empty queues before it parks.
 *
 * <p>To park and to be woken costs about as much as {@link #MOST} looks. A searcher that looks that often before it
 * parks pays at most twice what the better choice would have cost. That saves the park where tasks follow each other
 * closely, and is wasted where they do not. So each search in vain halves the number of looks. A task that comes
 * within {@link #SOON_NANOS} after the searcher gave up multiplies the number by {@link #STEP}: more looks would have
 * found it.
 *
 * <p>Used by the thread that searches. There is one at a time, and the hand-over of the search publishes what the last
 * one wrote here.
 */
final class AdaptiveSpin {
    /** Looks at the queues, some 50 ns each; none where nobody else can run meanwhile. */
    private static final int MOST = Runtime.getRuntime().availableProcessors() > 1 ? 1_000 : 0;
    private static final int LEAST = MOST / 16;
    private static final int STEP = 4;
    private static final long SOON_NANOS = 50_000;

    private int looks = MOST;
    private long gaveUpAt;

    int looks() {
        return looks;
    }

    void gaveUp() {
        looks = Math.max(LEAST, looks / 2);
        gaveUpAt = System.nanoTime();
    }

    /** After a sleep that ended with work. */
    void calledBack() {
        if (System.nanoTime() - gaveUpAt < SOON_NANOS) {
            looks = Math.min(MOST, looks * STEP);
        }
    }
}
