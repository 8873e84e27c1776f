// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import io.tpool.internal.jdk.ThreadGroups;

/** Makes the guard's threads, which keep nothing of the thread that has them made. */
final class GuardThreads {
    private GuardThreads() {
    }

    /** Starts a daemon in the top thread group; throws what a failed start throws. */
    static Thread start(Runnable task, String name) {
        Thread thread = new Thread(ThreadGroups.topmost(), task, name, 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);   // which the carriers that it wakes first inherit
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return thread;
    }
}
