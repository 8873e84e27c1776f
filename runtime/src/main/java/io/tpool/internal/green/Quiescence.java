// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.green;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;

/**
 * The idle moments of a GreenPool, and the threads that wait for one. A pool is idle if no task is RUNNING or QUEUED
 * and no imap attends; an imap attends while it reads its input, or while its consumer waits in it. {@link #await}
 * returns at the first idle moment, however short, because {@link #moments} counts them. The lock of the {@link Slots}
 * guards everything here.
 */
final class Quiescence {
    private final Slots slots;
    private final Condition idle;
    private int attending;
    private long moments;

    Quiescence(Slots slots) {
        this.slots = slots;
        idle = slots.lock.newCondition();
    }

    /** An imap begins to read its input, or its consumer to wait. The caller holds the lock. */
    void attend() {
        attending++;
    }

    /** Ends what {@link #attend} began. The caller holds the lock. */
    void unattend() {
        attending--;
        note();
    }

    /** Called whenever the pool may have become idle. The caller holds the lock. */
    void note() {
        if (isIdle()) {
            moments++;
            idle.signalAll();
        }
    }

    private boolean isIdle() {
        return attending == 0 && slots.isEmpty();
    }

    /** Waits for an idle moment. Takes the lock itself. */
    void await() {
        slots.lock.lock();
        try {
            if (Member.runsIn(slots, Member.ancestry())) {
                throw new IllegalStateException(
                        "waitAll() by a member of the GreenPool, or by a thread that a running member started,"
                        + " would wait for itself: call it from outside the pool");
            }
            long before = moments;
            while (!isIdle() && moments == before) {
                idle.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted in waitAll(): " + slots.running() + " tasks run, "
                    + slots.waiting() + " wait");
        } finally {
            slots.lock.unlock();
        }
    }
}
