// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/** What one look at all carriers adds up to. Confined to the thread that looks. */
final class LookFindings {
    /** Carriers with something mounted; those below are among them. */
    int mounted;
    int young;
    int suspects;
    int blocked;
    /** Blocked carriers that the JDK itself has made up for. */
    int compensated;
    /** Carriers that compute, or may, and have done so for {@link CarrierTable#SLICE_NANOS}. */
    int hogs;
    /** Carriers that turned out to block, with this look. */
    int newlyBlocked;
    /** Captures by carriers that have begun with this look, as far as it is more than a guess. */
    int begun;
    /** Carriers that were taken to be blocked, and turn out to compute. */
    int misjudged;
    /** Carriers and helpers that compute. */
    int computing;
    /** Carriers and helpers whose capture is counted. */
    int captured;
    int queued;
    int taken;
    /** A queue whose first task has waited too long, see {@link Lending}; null if there is none. */
    Object starving;
    /** Helpers that serve it. */
    int starvingServed;
    /** When the last of the carriers was captured. */
    long youngestHeld;
    /** True if a carrier may block or compute, and it is not known yet. */
    boolean youngSuspect;
    /** True if a computation was seen within the last second, or so. */
    boolean computedLately;

    /** Takes note of a queue whose first task has waited too long: the one that is served least comes first. */
    void starves(Object queue, int served) {
        if (starving == null || served < starvingServed) {
            starving = queue;
            starvingServed = served;
        }
    }

    void clear() {
        mounted = 0;
        young = 0;
        suspects = 0;
        blocked = 0;
        compensated = 0;
        hogs = 0;
        newlyBlocked = 0;
        begun = 0;
        misjudged = 0;
        computing = 0;
        captured = 0;
        queued = 0;
        taken = 0;
        starving = null;
        starvingServed = 0;
        youngestHeld = Long.MIN_VALUE;
        youngSuspect = false;
        computedLately = false;
    }
}
