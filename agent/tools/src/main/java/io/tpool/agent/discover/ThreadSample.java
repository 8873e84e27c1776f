// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/**
 * One JFR event that says where a thread was.
 *
 * @param kind what was seen
 * @param time nanoseconds since the epoch: of the sample, or of the start of what took time
 * @param duration nanoseconds that it took; 0 for samples
 * @param thread the Java thread's id
 * @param virtual whether it is a virtual thread
 * @param stack its stack; null for platform threads, which are only counted
 */
record ThreadSample(Kind kind, long time, long duration, long thread, boolean virtual, Stack stack) {

    /** What was seen. */
    enum Kind {
        /** A sample of a thread in native code. */
        NATIVE,
        /** A sample of a thread in Java code. */
        JAVA,
        /** A virtual thread parked on its carrier. */
        PINNED_PARK,
        /** A virtual thread waited, on its carrier, until another one had initialised a class. */
        CLASS_INITIALISER,
        /** A virtual thread waited for a monitor: it holds its carrier before JDK 24. */
        MONITOR
    }
}
