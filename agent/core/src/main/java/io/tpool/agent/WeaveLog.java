// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.message.Log;
import io.tpool.agent.config.LogLevel;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.agent.weave.Outcome;
import io.tpool.agent.weave.WeaverListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts into words what the weaver does. A pattern that names only methods which cannot be woven is worth a warning; a
 * wildcard that names some such beside others is not.
 */
final class WeaveLog implements WeaverListener {
    /** Patterns that named a method which could not be woven, and since when. */
    private final Map<ListedPattern, Long> suspects = new ConcurrentHashMap<>();
    private final Set<ListedPattern> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean lateSubclasses;

    @Override
    public void outcome(Outcome outcome) {
        switch (outcome.state()) {
            // The JVM does not tell when it accepts a class: this is told when it is handed over, and taken back if it
            // is refused.
            case PENDING -> woven(outcome);
            case LEFT -> left(outcome);
            case WOVEN -> {
                if (Log.says(LogLevel.DEBUG)) {
                    Log.debug("accepted by the JVM: " + outcome.method());
                }
            }
        }
    }

    @Override
    public void lateSubclass() {
        lateSubclasses = true;
        Log.wake();
    }

    /** Whether there have been any since this was last asked; by one thread, which looks for them afterwards. */
    boolean tellLateSubclasses() {
        boolean told = lateSubclasses;
        lateSubclasses = false;
        return told;
    }

    @Override
    public void problem(String type, Throwable cause) {
        Log.error("could not weave " + type + ", which is as it was: " + cause);
    }

    private static void woven(Outcome outcome) {
        if (Log.says(LogLevel.INFO)) {
            ListedPattern listed = outcome.listed();
            Log.info("woven: " + outcome.method() + ", pool " + listed.pool() + " (" + listed + ", " + listed.source()
                + ")" + (outcome.detail() == null ? "" : "; " + outcome.detail()));
        }
    }

    private void left(Outcome outcome) {
        if (Log.says(LogLevel.DEBUG)) {
            Log.debug("left alone: " + outcome.method() + " " + outcome.why().reason());
        }
        if (suspects.putIfAbsent(outcome.listed(), System.nanoTime()) == null) {
            Log.wake();
        }
    }

    /**
     * Warns, once, of patterns that named methods none of which could be woven.
     *
     * @param nanos for how long that has to have been so: the next method of the same class may be woven
     * @return nanoseconds until it is to be called again; {@link Long#MAX_VALUE} if there is nothing to warn of
     */
    long warnOfSuspects(long nanos) {
        long wait = Long.MAX_VALUE;
        for (Map.Entry<ListedPattern, Long> suspect : suspects.entrySet()) {
            ListedPattern listed = suspect.getKey();
            long left = suspect.getValue() + nanos - System.nanoTime();
            if (warned.contains(listed)) {
                continue;
            }
            if (left > 0) {
                wait = Math.min(wait, left);
                continue;
            }
            String problem = listed.report().problem();
            if (warned.add(listed) && problem != null) {
                Log.warn(listed.source() + ": '" + listed + "': " + problem);
            }
        }
        return wait;
    }

    /** Something else is listed from now on: nobody is warned of what is not. */
    void changed(MethodPatterns next) {
        suspects.keySet().retainAll(next.listed());
    }

    /** Whether {@link #warnOfSuspects} has dealt with the pattern. */
    boolean hasWarnedOf(ListedPattern listed) {
        return warned.contains(listed);
    }
}
