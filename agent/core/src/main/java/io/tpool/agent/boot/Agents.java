// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import io.tpool.internal.jdk.PackageOpener;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/**
 * The one agent of this JVM. <strong>Important</strong>: this class must be defined by the boot loader, or there would
 * be an agent for each jar that is attached.
 *
 * @since 1.0
 */
public final class Agents {
    private static final String AGENT = "io.tpool.agent.Agent";

    private static AgentEntry agent;
    private static Instrumentation hand;
    private static File origin;

    private Agents() {
    }

    /**
     * Starts the agent, or passes a further attachment on to the one that runs.
     *
     * @param arguments the agent's arguments, may be null
     * @param instrumentation the JVM's hand
     * @param jar the agent's jar
     * @param running true if the application has begun
     * @throws ReflectiveOperationException if the agent's classes are not in it
     */
    public static synchronized void attach(String arguments, Instrumentation instrumentation, File jar, boolean running)
            throws ReflectiveOperationException {
        if (agent == null) {
            PackageOpener.by(new Opener(instrumentation));
            LazyParts.areIn(jar, ClassLoader.getPlatformClassLoader());
            agent = entry();
            hand = instrumentation;
            origin = jar;
        }
        agent.attach(arguments, instrumentation, jar, running);
    }

    /**
     * Passes further settings on to the agent that runs, as another attachment would.
     *
     * @param arguments the agent's arguments, may be null
     * @return the version of the agent that runs; null if there is none, and nothing was done
     */
    public static synchronized String again(String arguments) {
        if (agent == null) {
            return null;
        }
        if (arguments != null) {
            agent.attach(arguments, hand, origin, true);
        }
        return agent.version();
    }

    /**
     * From the boot loader, or where {@link BootClasses} has defined the runtime alone, from behind the agent's own.
     */
    private static AgentEntry entry() throws ReflectiveOperationException {
        try {
            return Class.forName(AGENT, true, null).asSubclass(AgentEntry.class).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException notThere) {
            return LazyParts.create(AgentEntry.class, AGENT);
        }
    }

    /**
     * Opens to the runtime the packages in which virtual threads are made and carried; see
     * {@link io.tpool.internal.jdk.VirtualThreads}. And lets a class in {@code java.lang} call the runtime; see
     * {@link io.tpool.internal.jdk.JavaLangDefiner}.
     */
    private record Opener(Instrumentation instrumentation) implements Runnable {
        @Override
        public void run() {
            Set<Module> runtime = Set.of(PackageOpener.class.getModule());
            instrumentation.redefineModule(Object.class.getModule(), runtime, Map.of(),
                Map.of("java.lang", runtime, "java.util.concurrent", runtime, "jdk.internal.misc", runtime,
                    "jdk.internal.vm", runtime), Set.of(),
                Map.of());
        }
    }
}
