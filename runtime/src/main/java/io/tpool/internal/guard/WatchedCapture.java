// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.List;

/**
 * A capture that a {@link CaptureWatch} has heard of. Holds nothing of the application.
 *
 * @param id tells it from all others
 * @param startNanos when it began, as {@link System#nanoTime}
 * @param method as in {@link Capture}
 * @param kind how
 * @param calledBy the first method of the application above it, or empty
 * @param nanos for how long for sure, see {@link CaptureProof}
 * @param goesOn true if it had not ended when the watch was closed
 * @param own true if the virtual thread was made under the watch; false if it was made under none
 * @param virtualThread id of the virtual thread
 * @param virtualThreadName its name, empty if it has none
 * @param carrier name of the carrier
 * @param stack the virtual thread's, innermost first
 * @since 1.0
 */
public record WatchedCapture(long id, long startNanos, String method, CaptureKind kind, String calledBy, long nanos,
        boolean goesOn, boolean own, long virtualThread, String virtualThreadName, String carrier,
        List<StackTraceElement> stack) {
    static WatchedCapture of(NamedCapture named, CaptureKind kind, long nanos, boolean goesOn) {
        Culprit culprit = named.culprit();
        return new WatchedCapture(named.ticket(), named.start(), culprit.method(), kind, culprit.calledBy(),
                nanos, goesOn, named.watch() != null, named.virtualThread(), named.threadName(), named.carrier(),
                List.of(named.stack()));
    }

    /**
     * Says what to do about it. Takes some milliseconds.
     *
     * @return one line, empty where nothing is known
     */
    public String advice() {
        return Guard.advice(new CaptureRow(method, kind, 1, nanos, nanos, 1, calledBy,
                stack.toArray(new StackTraceElement[0])));
    }
}
