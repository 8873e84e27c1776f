// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.testing.Await;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** As {@link Await}, for callers that nobody interrupts. */
final class Until {
    private Until() {
    }

    /** Returns as soon as the condition holds; fails with the message when patience is at its end. */
    static void holds(String what, BooleanSupplier condition) {
        try {
            Await.until(what, condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for: " + what, e);
        }
    }

    /** Opens the latch as soon as the thread waits for something; returns at once. */
    static void countDownWhenWaiting(Thread thread, CountDownLatch latch) {
        Thread.startVirtualThread(() -> {
            waits(thread);
            latch.countDown();
        });
    }

    /** Returns as soon as the thread waits for something. */
    static void waits(Thread thread) {
        holds(thread + " waits", () -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            default -> false;
        });
    }
}
