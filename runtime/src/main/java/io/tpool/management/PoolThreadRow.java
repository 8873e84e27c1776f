// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A pool thread and what it carries.
 *
 * @param name the pool thread's name, {@code tpool-NAME-N}
 * @param osThreadId the operating system's id of the pool thread, -1 where the platform gives none
 * @param method the method that is being called; empty if the thread is idle
 * @param threadId the id of the thread whose call this is, 0 if there is none
 * @param threadName the name of the thread whose call this is; empty if there is none, or if it has none
 * @param virtual whether the thread whose call this is is virtual
 * @param runningMicros how long the call has been running, microseconds; 0 if the thread is idle
 * @since 1.0
 */
public record PoolThreadRow(String name, long osThreadId, String method, long threadId, String threadName,
        boolean virtual, long runningMicros) {
}
