// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The parked threads of a pool, in Treiber's stack: the thread that parked last is woken first. Each stay of a thread
 * is a fresh {@link ParkedWorker}, so a stay that was popped never comes back to the top (ABA). The stay of a thread
 * that has left by itself remains in the stack until somebody pops it, and wakes nobody then.
 */
final class ParkedWorkers {
    private final AtomicReference<ParkedWorker> top = new AtomicReference<>();

    /** By a thread that is about to sleep. */
    ParkedWorker enter(PoolThread thread) {
        ParkedWorker slot = new ParkedWorker(thread);
        do {
            slot.below = top.get();
        } while (!top.compareAndSet(slot.below, slot));
        return slot;
    }

    boolean isEmpty() {
        ParkedWorker seen = top.get();
        while (seen != null && seen.taken()) {
            top.compareAndSet(seen, seen.below);
            seen = top.get();
        }
        return seen == null;
    }

    /** False if nobody sleeps. */
    boolean wake(Object what) {
        for (ParkedWorker seen = top.get(); seen != null; seen = top.get()) {
            if (top.compareAndSet(seen, seen.below) && seen.give(what)) {
                return true;
            }
        }
        return false;
    }
}
