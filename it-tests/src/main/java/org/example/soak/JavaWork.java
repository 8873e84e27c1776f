// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Computes, parks and waits for a lock inside listed methods, also one inside the other. */
final class JavaWork implements Work {
    private static final long PARK_NANOS = 100_000;
    private static final int STEPS = 2_000;
    private static final ReentrantLock LOCK = new ReentrantLock();

    private long last;

    @Override
    public void once() {
        long before = last;
        last = outer(before);
        Work.check(last == before + STEPS + 1, "Java counted wrong");
    }

    /** Listed. */
    static long outer(long from) {
        LockSupport.parkNanos(PARK_NANOS);
        LOCK.lock();
        try {
            return inner(from) + 1;
        } finally {
            LOCK.unlock();
        }
    }

    /** Listed, too. */
    static long inner(long from) {
        long sum = from;
        for (int i = 0; i < STEPS; i++) {
            sum++;
        }
        return sum;
    }
}
