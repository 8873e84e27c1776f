// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import java.util.Set;

/** Which calls may need memory by themselves. */
final class Allocations {
    private static final Set<String> NONE = Set.of("Object.<init>", "Runnable.run", "Callable.call", "Thread.threadId",
            "Thread.interrupt",
            "Thread.isInterrupted", "Thread.isAlive", "Thread.setDaemon", "Thread.setPriority",
                    "Thread.setContextClassLoader",
            "Thread.getContextClassLoader", "Thread.setUncaughtExceptionHandler", "Thread.getUncaughtExceptionHandler",
            "Thread.getThreadGroup", "Thread.getName", "Thread.holdsLock", "ThreadGroup.getParent",
                    "ClassLoader.getSystemClassLoader",
            "Queue.poll", "Queue.isEmpty", "Queue.remove", "ConcurrentLinkedQueue.poll",
                    "ConcurrentLinkedQueue.isEmpty",
            "ConcurrentLinkedQueue.remove", "Iterator.hasNext", "Iterator.next", "Set.remove", "Set.isEmpty",
                    "LongAdder.sum",
            "Boolean.booleanValue", "Integer.intValue", "Enum.ordinal", "Saturation.ordinal", "Answer.ordinal",
                    "Outcome.ordinal",
            "VirtualThreads.yield", "VirtualThreads.beginBlocking");

    private Allocations() {
    }

    /** False for what only moves references, and for the runtime's own code, which has sites of its own. */
    static boolean isMade(String owner, String method, String name) {
        if (method.equals("<init>")) {
            return !owner.equals("java/lang/Object");
        }
        boolean own = owner.startsWith("io/tpool/") && !owner.endsWith("/VirtualThreads");
        return name.equals("VirtualThreads.yield")
                || !own && !owner.endsWith("/VirtualThreads") && !owner.endsWith("/LockSupport")
                        && !NONE.contains(name);
    }
}
