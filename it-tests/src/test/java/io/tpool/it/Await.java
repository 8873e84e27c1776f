// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does. */
final class Await {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 50;

    private Await() {
    }

    /** Returns when the condition holds, and fails if it does not for far longer than a busy machine needs. */
    static void until(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + TIMEOUT + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Looks for it. */
    interface Condition {
        boolean holds() throws Exception;
    }
}
