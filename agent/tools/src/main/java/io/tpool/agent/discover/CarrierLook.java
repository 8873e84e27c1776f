// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.jdk.SchedulerAccess;
import io.tpool.internal.jdk.ThreadGroups;
import java.util.HashMap;
import java.util.Map;

/** A look at the carriers of this JVM: what {@link ThreadPrint} is for another one. */
final class CarrierLook {

    private static final String CARRIER = "jdk.internal.misc.CarrierThread";
    private static final int ROOM = 64;

    private CarrierLook() {
    }

    /**
     * The virtual threads on carriers, by id; none where this JDK does not let us look. Starts no scheduler where there
     * is none yet.
     */
    static Map<Long, ThreadPrint.Carried> now() {
        Map<Long, ThreadPrint.Carried> carried = new HashMap<>();
        for (Thread thread : threads()) {
            if (thread != null && thread.getClass().getName().equals(CARRIER) && SchedulerAccess.problem() == null) {
                look(thread, carried);
            }
        }
        return carried;
    }

    private static void look(Thread carrier, Map<Long, ThreadPrint.Carried> carried) {
        Object continuation = SchedulerAccess.continuation(carrier);
        Thread virtual = continuation == null ? null : SchedulerAccess.virtualThread(continuation);
        if (virtual == null) {
            return;
        }
        StackTraceElement[] stack = SchedulerAccess.stack(virtual);
        boolean blocked = virtual.getState() == Thread.State.BLOCKED;
        if (SchedulerAccess.continuation(carrier) == continuation) {
            carried.put(virtual.threadId(), ThreadPrint.Carried.of(stack, blocked));
        }
    }

    private static Thread[] threads() {
        ThreadGroup root = ThreadGroups.topmost();
        Thread[] threads = new Thread[root.activeCount() + ROOM];
        root.enumerate(threads, true);
        return threads;
    }
}
