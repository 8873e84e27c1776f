package io.tpool.internal.guard;

/**
 * A capture that somebody has looked at. Strings only.
 *
 * @param ticket tells it from others on the same carrier
 * @param carrier name of the carrier
 * @param culprit what the stack said
 * @param start when it began
 * @param virtualThread id
 * @param threadName name of the virtual thread
 * @param stack innermost first
 */
record NamedCapture(long ticket, String carrier, Culprit culprit, long start, long virtualThread, String threadName,
        StackTraceElement[] stack) {
}
