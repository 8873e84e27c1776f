// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.BooleanSupplier;

/**
 * The JVM's AOT cache, and the agent. Where the manifest's {@code Boot-Class-Path} names a jar that is there, the JVM
 * makes no cache, and says so at its end. Where it is not there, because the agent's jar has another name, the JVM
 * makes one, and with that JDK 25 and 28 crash before {@code main}. Neither can be mended here: the JVM reads the
 * manifest first. So nothing is trained with the agent attached. Where a cache is used the agent is welcome.
 */
final class AotCache {
    private static final int FIRST_JDK = 24;
    private static final String ASKS = "io.tpool.agent.jdk.AotTraining";

    private AotCache() {
    }

    /**
     * Tells whether this JVM trains one.
     *
     * @param jar the agent's jar
     * @param instrumentation the JVM's hand
     * @return false also where the JVM does not tell
     * @throws ReflectiveOperationException if the agent's classes are not in the jar
     * @throws IOException if it cannot be read
     */
    static boolean isTrained(File jar, Instrumentation instrumentation)
            throws ReflectiveOperationException, IOException {
        // To ask the JVM takes it ten milliseconds, a twentieth of what it takes to start.
        if (Runtime.version().feature() < FIRST_JDK || !LaunchOptions.mayHave("AOT")) {
            return false;
        }
        try {
            return asks(jar, instrumentation).getAsBoolean();
        } catch (LinkageError doesNotTell) {
            return false;
        }
    }

    /** What to do instead, and what becomes of this JVM. The second may end it. */
    static void refuse() {
        boolean cacheIsMade = AotCache.class.getClassLoader() != null;
        System.err.println("[tpool] " + (cacheIsMade ? "ERROR" : "WARN")
            + " an AOT cache cannot be trained with the agent attached, so "
            + (cacheIsMade ? "this JVM ends here, and what it writes cannot be used"
                : "the application runs without the agent and the JVM makes no cache")
            + ": train without -javaagent and with --add-modules java.instrument");
        if (cacheIsMade) {
            System.exit(1);
        }
    }

    private static BooleanSupplier asks(File jar, Instrumentation instrumentation)
            throws ReflectiveOperationException, IOException {
        boolean onBootLoader = AotCache.class.getClassLoader() == null;
        ClassLoader loader = onBootLoader ? null : new AgentLoader(jar, ClassLoader.getPlatformClassLoader());
        JdkExport.to(onBootLoader ? AotCache.class.getModule() : loader.getUnnamedModule(), instrumentation);
        return (BooleanSupplier) Class.forName(ASKS, true, loader).getDeclaredConstructor().newInstance();
    }
}
