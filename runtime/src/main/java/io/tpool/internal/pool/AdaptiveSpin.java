// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/**
 * How long a searcher looks at empty queues before it goes to sleep. To look for as long as it takes to sleep and to
 * be woken is never twice as dear as the better of the two, and where calls follow each other that closely it saves
 * the sleep; where they do not, it is wasted. So it is halved with each search in vain, and goes up again when work
 * comes so soon after one that more patience would have found it.
 *
 * <p>For the thread that searches: that there is one at a time publishes what the last one has written.
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
