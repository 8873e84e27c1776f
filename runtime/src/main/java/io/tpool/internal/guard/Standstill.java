// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.io.IOException;

/**
 * For how long everything may have stood still: a garbage collection, a stopped process, a used-up quota or a debugger
 * holds up the guard as well as the carriers. It is the time by which the guard's looks came late, without that in
 * which the guard only waited for a processor; for the carriers that wait is counted each on its own, see {@link
 * ProcessorWaits}. Where the system does not tell the guard's own waits, all lateness counts.
 *
 * <p>Confined to the thread that looks. Reads a file for each look while somebody watches; that allocates nothing.
 */
final class Standstill {
    private static final long UNKNOWN = TaskFile.NONE;

    private TaskFile file;
    private boolean missing;
    private long waited = UNKNOWN;
    private long nanos;

    /**
     * Takes a look into account.
     *
     * @param lateBy by how much it came late
     * @param watched true while somebody watches
     */
    void look(long lateBy, boolean watched) {
        long now = watched ? read() : UNKNOWN;
        long wait = now == UNKNOWN || waited == UNKNOWN ? 0 : now - waited;
        waited = now;
        nanos += Math.max(0, lateBy - wait);
    }

    /** All added up. */
    long nanos() {
        return nanos;
    }

    private long read() {
        if (missing) {
            return UNKNOWN;
        }
        try {
            if (file == null) {
                file = TaskFile.own();
            }
            file.read();
            return file.number(TaskFile.WAITED);
        } catch (IOException notTold) {
            missing = true;
            return UNKNOWN;
        }
    }
}
