package io.tpool;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to bring about. */
final class Until {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Until() {
    }

    /** Returns as soon as the condition holds; fails with the message when patience is at its end. */
    static void holds(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still not so after " + PATIENCE.toSeconds() + " s: " + what);
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for: " + what, e);
            }
        }
    }

    /** Returns as soon as the thread waits for something. */
    static void waits(Thread thread) {
        holds(thread + " waits", () -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            default -> false;
        });
    }
}
