// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.MethodShape;
import java.util.Set;

/** What the weaver knows of JNA, whose native code keeps the last error number on the OS thread. */
final class Jna {
    private static final String PACKAGE = "com/sun/jna/";
    private static final String NATIVE = "com/sun/jna/Native";
    /** These read and change what belongs to the OS thread that they run on. */
    private static final Set<String> OF_THE_OS_THREAD =
        Set.of("getLastError", "setLastError", "detach", "setDetachState");

    private Jna() {
    }

    /** Whether calls of this class's methods may make calls through JNA: it is JNA's own class, or names one. */
    static boolean isMentionedBy(ClassHeader type) {
        return type.name().startsWith(PACKAGE) || type.mentions(PACKAGE);
    }

    /** Whether a method is for the OS thread of its caller, so that it makes no sense on another one. */
    static boolean isOfTheOsThread(ClassHeader type, MethodShape method) {
        return type.name().equals(NATIVE) && OF_THE_OS_THREAD.contains(method.name());
    }
}
