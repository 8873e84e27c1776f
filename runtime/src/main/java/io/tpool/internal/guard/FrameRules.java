// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * What the name of a method on a stack tells about a capture. The guard and {@code discover} both ask here, so that
 * they name the same method.
 *
 * @since 1.0
 */
public final class FrameRules {
    /** System calls that return at once: on the JDK's own non-blocking descriptors, or by what they do. */
    private static final String[] NON_BLOCKING = {
        "sun.nio.ch.SocketDispatcher#", "sun.nio.ch.UnixDispatcher#", "sun.nio.ch.DatagramDispatcher#",
                "sun.nio.ch.DatagramChannelImpl#",
        "sun.nio.ch.Net#", "sun.nio.ch.UnixDomainSockets#", "sun.nio.ch.EventFD#", "sun.nio.ch.EPoll#ctl",
        "sun.nio.ch.KQueue#register",
        "sun.nio.ch.IOUtil#", "java.lang.Thread#", "java.lang.System#", "java.lang.Throwable#", "java.lang.Object#",
        "java.lang.StackTraceElement#", "java.lang.String#", "jdk.internal.misc.Unsafe#", "jdk.internal.misc.VM#",
        // Mounting, unmounting, and telling JVMTI of it.
        "java.lang.VirtualThread#", "jdk.internal.vm.Continuation#",
    };

    private FrameRules() {
    }

    /**
     * Tells whether a frame is part of the way into a park.
     *
     * @param type name of its class
     * @param method its name
     * @return false for what called the park
     */
    public static boolean isParking(String type, String method) {
        return switch (type) {
            case "jdk.internal.misc.Unsafe", "java.lang.VirtualThread", "java.lang.System$1", "java.lang.System$2",
                    "jdk.internal.misc.VirtualThreads", "java.util.concurrent.locks.LockSupport",
                    "java.lang.Thread" -> true;
            case "java.lang.Object" -> method.startsWith("wait");
            default -> false;
        };
    }

    /**
     * Tells whether a native method of the JDK does not block. A carrier that is captured with it on top is captured by
     * the Java method that calls it again and again, or was preempted.
     *
     * @param type name of its class
     * @param method its name
     * @return false for all that is not known
     */
    public static boolean isNonBlocking(String type, String method) {
        String name = type + "#" + method;
        for (String each : NON_BLOCKING) {
            if (name.startsWith(each)) {
                return switch (name) {
                    case "sun.nio.ch.Net#poll", "java.lang.Object#wait0", "jdk.internal.misc.Unsafe#park" -> false;
                    default -> true;
                };
            }
        }
        return false;
    }
}
