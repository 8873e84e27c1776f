// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * A capture that somebody has looked at. Holds nothing of the application.
 *
 * @param ticket tells it from others on the same carrier
 * @param carrier name of the carrier
 * @param culprit what the stack said
 * @param start when it began
 * @param virtualThread id
 * @param threadName name of the virtual thread
 * @param stack innermost first
 * @param watch what the thread was made under, or null
 * @param begun what the carrier had used when it was looked at; null while nobody watches
 */
record NamedCapture(long ticket, String carrier, Culprit culprit, long start, long virtualThread, String threadName,
        StackTraceElement[] stack, CaptureWatch watch, ProcessorUse begun) {
    /** This capture with what its stack says now. */
    NamedCapture seenAgain(NamedCapture now) {
        return new NamedCapture(ticket, carrier, now.culprit, start, virtualThread, threadName, now.stack, watch,
                begun);
    }

    /** This capture with what its carrier has used by now. */
    NamedCapture provenFrom(ProcessorUse now) {
        return new NamedCapture(ticket, carrier, culprit, start, virtualThread, threadName, stack, watch, now);
    }
}
