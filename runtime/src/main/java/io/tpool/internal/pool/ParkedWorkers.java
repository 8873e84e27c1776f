// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads of a pool that sleep, last come first woken: Treiber's stack of {@link ParkedWorker} slots. A slot whose
 * thread has left by itself stays until somebody comes across it; a new one for each stay leaves no room for the ABA
 * problem.
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
