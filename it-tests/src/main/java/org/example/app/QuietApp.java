// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A good neighbour: many virtual threads that sleep, take turns at a lock, and compute for a moment.
 *
 * @since 1.0
 */
public final class QuietApp {
    private static final int THREADS = 200;
    private static final int TURNS = 40;

    private QuietApp() {
    }

    /**
     * Runs it.
     *
     * @param args none
     * @throws Exception never
     */
    public static void main(String[] args) throws Exception {
        ReentrantLock lock = new ReentrantLock();
        long[] sum = new long[1];
        Load.onVirtualThreads(THREADS, number -> {
            for (int i = 0; i < TURNS; i++) {
                Thread.sleep(50);
                long hash = Integer.toString(number * i).hashCode();
                lock.lock();
                try {
                    sum[0] += hash;
                } finally {
                    lock.unlock();
                }
            }
        });
        Load.print("sum", sum[0]);
    }
}
