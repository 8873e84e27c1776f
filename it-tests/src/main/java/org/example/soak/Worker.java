// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** A virtual thread that does its work until the soak is over. */
final class Worker implements Runnable {
    private static final int SHOWN = 20;
    private static int shown;

    final Thread thread;
    private final Work work;
    private final BooleanSupplier over;
    /** Of this thread alone; others read them and may be late. */
    volatile long calls;
    volatile long refused;
    volatile long failed;

    Worker(String name, Work work, BooleanSupplier over) {
        this.work = work;
        this.over = over;
        thread = Thread.ofVirtual().name(name).unstarted(this);
    }

    @Override
    public void run() {
        while (!over.getAsBoolean()) {
            try {
                work.once();
            } catch (RejectedExecutionException e) {
                refused++;
                Thread.yield();
            } catch (Throwable e) {
                failed++;
                show(e);
            }
            calls++;
        }
    }

    private static synchronized void show(Throwable e) {
        if (shown++ < SHOWN) {
            e.printStackTrace();
        }
    }

    void close() {
        try {
            work.close();
        } catch (Exception e) {
            show(e);
        }
    }
}
