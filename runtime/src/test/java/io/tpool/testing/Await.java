// SPDX-License-Identifier: Apache-2.0
package io.tpool.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another thread is about to bring about. When patience is at its end a test fails with the stacks of
 * all threads.
 */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Await() {
    }

    /** Returns as soon as the condition holds; fails with the words when patience is at its end. */
    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw inVain("not so", what);
            }
            Thread.sleep(1);
        }
    }

    /** Returns as soon as the latch is open. */
    public static void open(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            throw inVain("not so", what);
        }
    }

    /** Returns as soon as the thread has ended. */
    public static void end(Thread thread) throws InterruptedException {
        if (!thread.join(PATIENCE)) {
            throw inVain("running", thread.toString());
        }
    }

    /** Returns as soon as the thread waits without a time limit. */
    public static void parked(Thread thread) throws InterruptedException {
        until(thread + " waits", () -> thread.getState() == Thread.State.WAITING);
    }

    private static AssertionError inVain(String how, String what) {
        return new AssertionError("still " + how + " after " + PATIENCE.toSeconds() + " s: " + what + "\n"
                + DumpOnTimeout.threads());
    }
}
