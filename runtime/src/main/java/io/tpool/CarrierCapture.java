// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import java.time.Duration;
import java.util.List;

/**
 * A carrier that a virtual thread captured: the thread neither ended nor unmounted.
 *
 * @param method what captured the carrier, {@code com.acme.Type#method}: the native method, the first Java method of a
 *     computation, or the method that pins
 * @param how {@code native}, {@code pinned}, {@code monitor} or {@code computing}
 * @param thread name of the virtual thread, {@code #} and its id if it has none
 * @param threadId id of the virtual thread
 * @param carrier name of the carrier
 * @param duration for how long for sure, never longer than the capture: see {@link Captures} for how much shorter
 * @param goesOn true if the capture had not ended when the action ended
 * @param own true if the action made the virtual thread, directly or through threads that it made; false if it is not
 *     known who made it
 * @param stack the virtual thread's stack when the guard looked, innermost frame first
 * @param advice what to do about it, one line; empty where nothing is known
 * @since 1.0
 */
public record CarrierCapture(String method, String how, String thread, long threadId, String carrier, Duration duration,
        boolean goesOn, boolean own, List<StackTraceElement> stack, String advice) {
    /** Keeps its own copy of the stack. */
    public CarrierCapture {
        stack = List.copyOf(stack);
    }
}
