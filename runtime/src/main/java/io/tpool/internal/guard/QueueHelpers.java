// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * The {@linkplain QueueHelper helpers} of the guard. A carrier more cannot be told which queue to look at: it goes on
 * with the queue in which it has found something, and leaves another one alone for as long as that lasts. A helper
 * serves the very queue that starves.
 *
 * <p>Confined to the thread that looks.
 */
final class QueueHelpers {
    /** Most of them; each takes a slot of its own in {@link CarrierTable}. */
    static final int MOST = 64;
    private static final long RETRY_NANOS = 1_000_000_000;

    private final CarrierView view;
    private final QueueHelper[] helpers = new QueueHelper[MOST];
    private int started;
    private int count;
    private long failedAt;
    private boolean failed;

    QueueHelpers(CarrierView view) {
        this.view = view;
    }

    /** Slots that have had a helper. */
    int count() {
        return count;
    }

    /** The helper in a slot, the last one if it has ended. */
    QueueHelper get(int slot) {
        return helpers[slot];
    }

    /** How many serve a queue at this moment. */
    int serving() {
        int serving = 0;
        for (int i = 0; i < count; i++) {
            if (helpers[i].isServing()) {
                serving++;
            }
        }
        return serving;
    }

    /** How many serve that queue. */
    int serving(Object queue) {
        int serving = 0;
        for (int i = 0; i < count; i++) {
            if (helpers[i].isServing(queue)) {
                serving++;
            }
        }
        return serving;
    }

    /**
     * Has one more queue served.
     *
     * @param queue one of the scheduler's
     * @return false if all helpers are busy, no thread can be started, or this JDK does not allow it
     */
    boolean serve(Object queue, long now) {
        if (!view.canRunNext()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (helpers[i].assign(queue)) {
                return true;
            }
        }
        return start(queue, now);
    }

    private boolean start(Object queue, long now) {
        int slot = freeSlot();
        if (slot == MOST || failed && now - failedAt < RETRY_NANOS) {
            return false;
        }
        try {
            QueueHelper helper = new QueueHelper(view, queue);
            helper.start("tpool-helper-" + ++started);
            helpers[slot] = helper;
            count = Math.max(count, slot + 1);
            failed = false;
            return true;
        } catch (Throwable notStarted) {
            failed = true;
            failedAt = now;
            return false;
        }
    }

    private int freeSlot() {
        int slot = 0;
        while (slot < count && !helpers[slot].hasEnded()) {
            slot++;
        }
        return slot;
    }
}
