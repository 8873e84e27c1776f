// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.Arrays;

/**
 * What comes to each queue of the scheduler and is taken from it, in flat arrays with the slots of
 * {@link CarrierTable}. Confined to the thread that looks. Allocates only when the scheduler has grown.
 */
final class QueueTable {
    /** A task has waited for no longer between two looks, however late the second one came. */
    private static final long MOST_WAITED_NANOS = Lending.WAIT_NANOS / 2;

    private final CarrierView view;
    private final QueueHelpers helpers;
    private final LookFindings found;
    private final int processors;
    private int[] base = new int[0];
    private int[] top = new int[0];
    /** For how long nothing was taken from a queue that holds something. */
    private long[] headAge = new long[0];

    QueueTable(CarrierView view, QueueHelpers helpers, LookFindings found, int processors) {
        this.view = view;
        this.helpers = helpers;
        this.found = found;
        this.processors = processors;
    }

    /** A queue that was not there before. */
    void begin(int i, Object queue) {
        base[i] = view.base(queue);
        top[i] = view.top(queue);
        headAge[i] = 0;
    }

    /**
     * Looks at a queue.
     *
     * @param step nanoseconds since the last look
     * @return true if a task was put into it and one was taken out, since the last look
     */
    boolean look(int i, Object queue, long step) {
        int newBase = view.base(queue);
        int newTop = view.top(queue);
        boolean taken = newBase != base[i] || newTop - top[i] < 0;   // helpers take the newest ones
        int waiting = Math.max(0, newTop - newBase);
        found.taken += newBase - base[i];
        found.queued += waiting;
        headAge[i] = waiting == 0 || taken ? 0 : headAge[i] + Math.min(step, MOST_WAITED_NANOS);
        if (headAge[i] >= Lending.WAIT_NANOS) {
            int served = helpers.serving(queue);
            if (headAge[i] >= Lending.WAIT_NANOS + Lending.WAIT_NANOS * served / processors) {
                found.starves(queue, served);
            }
        }
        boolean passed = taken && newTop != top[i];
        base[i] = newBase;
        top[i] = newTop;
        return passed;
    }

    /** Tells whether a task waits in some queue. Changes nothing that the next look compares with. */
    boolean isAnythingQueued() {
        Object[] queues = view.queues();
        for (int i = 0; queues != null && i < queues.length; i++) {
            if (queues[i] != null && view.top(queues[i]) - view.base(queues[i]) > 0) {
                return true;
            }
        }
        return false;
    }

    void grow(int length) {
        base = Arrays.copyOf(base, length);
        top = Arrays.copyOf(top, length);
        headAge = Arrays.copyOf(headAge, length);
    }
}
