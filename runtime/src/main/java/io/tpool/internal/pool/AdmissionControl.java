// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

/**
 * The places that a pool has for tasks where its policy does not let all of them wait. A task takes a place when it is
 * submitted, and gives the place back once, in {@link PoolTask#leavePool}. There is a place for each thread that the
 * pool may have. A task that goes on with a call takes a place even if none is free, so more places may be taken than
 * there are.
 *
 * <p>With {@link Saturation#WAIT} nobody takes a place.
 */
final class AdmissionControl {
    private static final AtomicIntegerFieldUpdater<AdmissionControl> PLACES =
            AtomicIntegerFieldUpdater.newUpdater(AdmissionControl.class, "places");

    private final Saturation policy;
    private final ThreadLimits limits;
    private final Workers workers;
    /** Places taken, by tasks that wait or are carried out. */
    private volatile int places;
    private final LongAdder rejected = new LongAdder();

    AdmissionControl(Saturation policy, ThreadLimits limits, Workers workers) {
        this.policy = policy;
        this.limits = limits;
        this.workers = workers;
    }

    /**
     * Takes a place for a task that has not begun.
     *
     * @return false if the task is to be refused: at once, whatever the threads are doing at that moment
     */
    boolean admits(PoolTask task) {
        for (int taken = places; taken < limits.max() || !isAtMax(); taken = places) {
            if (PLACES.compareAndSet(this, taken, taken + 1)) {
                task.occupy(this);
                return true;
            }
        }
        return false;
    }

    /** True if the pool has all the threads that it may have, or starts them as they are needed. */
    private boolean isAtMax() {
        return limits.size() >= limits.max() || workers.count() >= limits.max();
    }

    /** Takes a place for a task that goes on with a call, even if none is free. */
    void readmit(PoolTask task) {
        PLACES.incrementAndGet(this);
        task.occupy(this);
    }

    void placeIsFree() {
        PLACES.decrementAndGet(this);
    }

    /** The answer to a task that was not admitted. */
    Pool.Answer refuse() {
        if (policy == Saturation.INPLACE) {
            return Pool.Answer.INPLACE;
        }
        countRejected();
        return Pool.Answer.REJECT;
    }

    void countRejected() {
        rejected.increment();
    }

    long rejectedCount() {
        return rejected.sum();
    }

    int placesTaken() {
        return places;
    }
}
