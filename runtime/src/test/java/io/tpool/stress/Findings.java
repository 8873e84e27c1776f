// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.testing.DumpOnTimeout;
import java.util.concurrent.atomic.AtomicLong;

/** What a stress has found wrong: the first with all threads as they were, of the rest the number. */
final class Findings {
    private static final int SHOWN = 8;
    private final AtomicLong number = new AtomicLong();
    private volatile String first;

    void add(String what) {
        add(what, null);
    }

    void add(String what, Throwable cause) {
        long before = number.getAndIncrement();
        if (before < SHOWN) {
            System.out.println("WRONG " + what);
            if (cause != null) {
                cause.printStackTrace(System.out);
            }
        }
        if (before == 0) {
            first = what.lines().findFirst().orElse("");
            System.out.println(DumpOnTimeout.threads());
        }
    }

    long number() {
        return number.get();
    }

    @Override
    public String toString() {
        return "wrong=" + number + (first == null ? "" : " first=[" + first + "]");
    }
}
