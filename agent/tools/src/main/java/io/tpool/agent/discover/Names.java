// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.guard.FrameRules;

/**
 * What a method's name tells. Only names that are public, or that have been the same for many releases; what is not
 * known here is treated as any other method.
 */
final class Names {

    private static final String[] LINKER = {"java.lang.invoke.", "jdk.internal.foreign.", "java.lang.foreign."};
    private static final String[] INTERNAL =
        {"jdk.internal.", "sun.", "com.sun.crypto.", "com.sun.net.", "com.sun.jndi.", "java.lang.invoke.",
        "java.lang.reflect.", "jdk.proxy"};
    private static final String[] EVENT_LOOPS =
        {"sun.nio.ch.EPoll#wait", "sun.nio.ch.KQueue#poll", "sun.nio.ch.WEPoll#wait", "sun.nio.ch.Poll#",
        "io.netty.channel.epoll.Native#epoll", "io.netty.channel.kqueue.Native#keventWait",
        "io.netty.channel.uring.Native#ioUringEnter"};

    private Names() {
    }

    static boolean isHidden(MethodRef method) {
        return method.hidden() || method.type().contains("$$Lambda") || method.type().contains(".$Proxy");
    }

    /** Whether it belongs to what {@code java.lang.foreign} generates and runs for a call. */
    static boolean isLinker(MethodRef method) {
        return method.bootstrap() && startsWith(method.type(), LINKER);
    }

    /** Whether it is the stub that enters native code, or libffi's entry where this platform has no stubs. */
    static boolean isDowncall(MethodRef method) {
        return method.bootstrap() && (method.type().startsWith("jdk.internal.foreign.abi.DowncallStub")
            || method.isNative() && method.type().startsWith("jdk.internal.foreign."));
    }

    static boolean isJna(MethodRef method) {
        return method.type().startsWith("com.sun.jna.");
    }

    static boolean isThreadMachinery(MethodRef method) {
        String type = method.type();
        return type.startsWith("java.util.concurrent.") || type.equals("java.lang.VirtualThread")
            || type.startsWith("java.lang.VirtualThread$")
            || type.equals("java.lang.Thread") || type.startsWith("jdk.internal.vm.")
            || type.equals("jdk.internal.misc.Unsafe") || type.equals("java.lang.TPoolHook")
            || type.equals("java.lang.Object") || type.equals("java.lang.System")
            || FrameRules.isParking(type, method.name());
    }

    /** Whether a pattern may name it. */
    static boolean isListable(MethodRef method) {
        return !isHidden(method) && !method.isConstructor() && !method.isClassInitialiser()
            && !isThreadMachinery(method)
            && !method.type().startsWith("jdk.internal.") && !method.type().startsWith("io.tpool.");
    }

    /** Whether it belongs to the insides of the JDK, which no one should have to name while a public method will do. */
    static boolean isInternal(MethodRef method) {
        return startsWith(method.type(), INTERNAL);
    }

    static boolean isEventLoop(MethodRef method) {
        return startsWith(method.id(), EVENT_LOOPS);
    }

    /** Whether it loads or links classes: of the JDK, or a class loader's own. */
    static boolean isClassLoading(MethodRef method) {
        String type = method.type();
        return type.equals("java.lang.ClassLoader") || type.startsWith("jdk.internal.loader.") || isForName(method)
            || method.isNative() && (type.startsWith("java.lang.invoke.") || type.equals("java.lang.Class"))
            || isLoader(method);
    }

    private static boolean isForName(MethodRef method) {
        return method.type().equals("java.lang.Class") && method.name().startsWith("forName");
    }

    private static boolean isLoader(MethodRef method) {
        return (method.name().equals("loadClass") || method.name().equals("findClass"))
            && method.descriptor().startsWith("(Ljava/lang/String;")
            && method.descriptor().endsWith(")Ljava/lang/Class;");
    }

    /** Whether it returns at once, so that what captures a carrier is the Java method around it. */
    static boolean isNonBlocking(MethodRef method) {
        return method.bootstrap() && FrameRules.isNonBlocking(method.type(), method.name());
    }

    private static boolean startsWith(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
