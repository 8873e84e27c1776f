// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/**
 * What the methods of mode {@link Mode#AUTO} learn with: the guard's captures, and who hears of decisions.
 *
 * @since 1.0
 */
public final class Learning {
    private static final long DEFAULT_PATIENCE_NANOS = 1_000_000;

    private static volatile boolean guarded;
    private static volatile long patienceNanos = DEFAULT_PATIENCE_NANOS;
    private static volatile Listener listener;
    private static volatile Listener recorder;

    private Learning() {
    }

    /** Hears when the calls of a method begin to move or to stay. What it throws is survived. */
    public interface Listener {
        /**
         * A method has changed.
         *
         * @param method its name
         * @param pool name of its pool
         * @param moves true if its calls move from now on, false if they stay
         * @param reason one line
         */
        void changed(String method, String pool, boolean moves, String reason);
    }

    /**
     * Has somebody told of decisions.
     *
     * @param told null for nobody
     */
    public static void tell(Listener told) {
        listener = told;
    }

    /**
     * Has decisions taken down, beside {@link #tell}.
     *
     * @param taker null for nobody
     */
    public static void record(Listener taker) {
        recorder = taker;
    }

    /**
     * Says whether a guard watches the calls that stay.
     *
     * @param now true from the moment that captures are reported to {@link #captured}
     * @param patience after so many nanoseconds a call counts as a capture
     */
    public static void guarded(boolean now, long patience) {
        patienceNanos = patience;
        guarded = now;
        ListedMethods.refresh();
    }

    static boolean isGuarded() {
        return guarded;
    }

    static long patienceNanos() {
        return patienceNanos;
    }

    /**
     * A carrier has been captured. If a call that stays is on the stack, its method learns of it.
     *
     * @param stack of the virtual thread, innermost first
     * @param captures that this one stands for, 1 or more
     * @param startNanos when it began, as {@link System#nanoTime}
     */
    public static void captured(StackTraceElement[] stack, long captures, long startNanos) {
        for (StackTraceElement frame : stack) {
            LearnedPolicy policy = ListedMethods.staying(frame.getClassName(), frame.getMethodName());
            if (policy != null) {
                policy.captured(captures, startNanos);
                return;
            }
        }
    }

    static void changed(ListedMethod method, LearnedPolicy.Decision decision) {
        tell(listener, method, decision);
        tell(recorder, method, decision);
    }

    private static void tell(Listener told, ListedMethod method, LearnedPolicy.Decision decision) {
        if (told == null) {
            return;
        }
        try {
            told.changed(method.name(), method.pool().name(), decision.moves(), decision.reason());
        } catch (RuntimeException | Error e) {   // whoever calls is in the middle of the application's call
            method.pool().countThrown();
        }
    }
}
