// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * CPU time of other threads. Its classes cost 20 to 40 ms of CPU once, and may be missing in an image without
 * {@code java.management}. So they are loaded when the first carrier is suspected, and by {@link #load}, which
 * the thread that lends never calls: until then, and for good where they are missing, no time is known.
 *
 * <p>Written by {@link #load}, which publishes the bean through a volatile field and then says that there is
 * nothing to wait for.
 */
final class CpuTimes {
    /** Not loaded yet. */
    static final long UNKNOWN = -1;
    /** Not known to this JVM. */
    static final long MISSING = -2;

    private static volatile Reader reader;
    private static volatile long without = UNKNOWN;

    private CpuTimes() {
    }

    /** Nanoseconds, {@link #UNKNOWN} or {@link #MISSING}. */
    static long of(Thread thread) {
        Reader known = reader;
        return known == null ? without : known.of(thread);
    }

    /** Loads what tells the time. Makes no MBean server: the application may want one of its own. */
    static void load() {
        try {
            reader = Reader.find();
        } catch (Throwable absent) {
            reader = null;
        }
        without = MISSING;
    }

    /** Not to be touched where {@code java.management} may be missing, but by {@link #load}. */
    private static final class Reader {
        private final ThreadMXBean bean;

        private Reader(ThreadMXBean bean) {
            this.bean = bean;
        }

        static Reader find() {
            ThreadMXBean bean = ManagementFactory.getThreadMXBean();
            if (!bean.isThreadCpuTimeSupported() || !bean.isThreadCpuTimeEnabled()) {
                return null;
            }
            return new Reader(bean);
        }

        long of(Thread thread) {
            return Math.max(0, bean.getThreadCpuTime(thread.threadId()));   // -1 for a thread that has ended
        }
    }
}
