// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.PoolThread;

/**
 * Which thread this is, and which thread of the operating system it runs on: eventlet's {@code thread.get_ident()}.
 *
 * @param threadId the Java thread's id
 * @param name the Java thread's name, empty if it has none
 * @param virtual whether the Java thread is virtual
 * @param carrier name of the platform thread that carries a virtual thread; a platform thread's own name
 * @param osThreadId the operating system's id of the thread below, -1 where the platform gives none
 * @since 1.0
 */
public record ThreadIds(long threadId, String name, boolean virtual, String carrier, long osThreadId) {
    /**
     * The ids of the current thread, at this moment: a virtual thread may be on another carrier at the next.
     *
     * @return never null
     */
    public static ThreadIds current() {
        Thread thread = Thread.currentThread();
        return new ThreadIds(thread.threadId(), thread.getName(), thread.isVirtual(), carrierOf(thread),
                PoolThread.currentOsThreadId());
    }

    private static String carrierOf(Thread thread) {
        if (!thread.isVirtual()) {
            return thread.getName();
        }
        Thread carrier = VirtualThreads.carrier();
        if (carrier != null) {
            return carrier.getName();
        }
        String text = thread.toString();   // VirtualThread[#22,name]/runnable@ForkJoinPool-1-worker-1
        return text.substring(text.lastIndexOf('@') + 1);
    }
}
