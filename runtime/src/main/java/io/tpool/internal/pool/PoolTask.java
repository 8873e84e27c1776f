// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * What waits for a pool thread and is carried out by one. Each is submitted once: work that waits again is a new task,
 * so that nobody can mistake a later stay in a queue for an earlier one.
 *
 * <p>A pool thread calls {@link #carry} at most once. Somebody else may call {@link #release} at any time, also at the
 * same time, and more than once. The task decides by one compare-and-set of its own which of them has an effect, and
 * the others do nothing.
 *
 * @since 1.0
 */
public abstract class PoolTask {
    private static final AtomicReferenceFieldUpdater<PoolTask, AdmissionControl> OCCUPIED =
            AtomicReferenceFieldUpdater.newUpdater(PoolTask.class, AdmissionControl.class, "occupied");

    /** Where the task has a place, if the pool counts places; null before and after. */
    private volatile AdmissionControl occupied;

    /** For subclasses. */
    protected PoolTask() {
    }

    /**
     * Carries the task out, unless it has been released.
     *
     * @param thread the calling pool thread
     * @throws Throwable whatever; the pool thread survives it
     */
    protected abstract void carry(PoolThread thread) throws Throwable;

    /**
     * Lets a waiting task go that no pool thread may come for.
     *
     * @param how {@link Saturation#INPLACE}: let it run where it came from; or {@link Saturation#REJECT}
     * @return true if the queue need not keep it any longer, also if it was over before; false if it can only wait
     */
    protected abstract boolean release(Saturation how);

    /**
     * Tells whether the task may run where it came from.
     *
     * @return false if it can only wait for a thread of the pool
     */
    public boolean mayRunInPlace() {
        return true;
    }

    /** Takes a place in the pool, which has been counted. */
    final void occupy(AdmissionControl admission) {
        occupied = admission;
    }

    /**
     * Gives the place in the pool back, if the task has one; at the latest when {@link #carry} returns. Happens once.
     */
    public final void leavePool() {
        AdmissionControl admission = occupied;
        if (admission != null && OCCUPIED.compareAndSet(this, admission, null)) {
            admission.placeIsFree();
        }
    }

    /**
     * Tells whether the task is over and done with, for its caller at least: the pool thread may have a few
     * instructions left to do.
     *
     * @return false before
     */
    public boolean ended() {
        return false;
    }

    /**
     * The thread whose call this is.
     *
     * @return null if there is none, or none any more
     */
    public Thread caller() {
        return null;
    }

    /**
     * When it began to run on a pool thread.
     *
     * @return as {@link System#nanoTime}; 0 before
     */
    public abstract long begunAt();

    /**
     * Names what is being called, for people.
     *
     * @return a listed method, or a word for the kind of work; never null
     */
    public abstract String description();
}
