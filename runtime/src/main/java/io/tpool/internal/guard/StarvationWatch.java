// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * Finds the times in which all carriers were captured while something was queued. Confined to the thread that looks.
 */
final class StarvationWatch {
    private boolean starving;
    private long since;
    private long last;
    private int carriers;
    private int waiting;

    /**
     * Takes a look.
     *
     * @param now the time, without standstills
     * @param stuck true if every carrier is captured, something is queued and nothing was taken since the last look
     * @param youngest when the last of the carriers was captured
     * @param captured carriers captured now
     * @param queued tasks queued now
     * @return true if a starvation has ended with this look
     */
    boolean look(long now, boolean stuck, long youngest, int captured, int queued) {
        long lastLook = last;
        last = now;
        if (stuck) {
            if (!starving) {
                starving = true;
                since = Math.max(youngest, lastLook);
                carriers = 0;
                waiting = 0;
            }
            carriers = Math.max(carriers, captured);
            waiting = Math.max(waiting, queued);
            return false;
        }
        boolean ended = starving;
        starving = false;
        return ended;
    }

    /** When the last one began. */
    long since() {
        return since;
    }

    /** Most carriers that were captured in the last one. */
    int carriers() {
        return carriers;
    }

    /** Most tasks that waited in the last one. */
    int waiting() {
        return waiting;
    }
}
