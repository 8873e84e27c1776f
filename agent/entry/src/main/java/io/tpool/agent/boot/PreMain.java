// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * Where the JVM enters the agent. Holds no state: under the name {@code tpool-agent.jar} the boot loader defines this
 * class, as the manifest's {@code Boot-Class-Path} says; under any other, and in a JVM that runs already, the
 * application's does. {@link Agents} always comes from the boot loader.
 *
 * <p>Nothing that goes wrong here reaches the JVM, which would end the application.
 *
 * @since 1.0
 */
public final class PreMain {
    private PreMain() {
    }

    /**
     * Called by the JVM before {@code main}.
     *
     * @param arguments what follows {@code =} after the jar, may be null
     * @param instrumentation the JVM's hand
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        if (isTooOld()) {
            return;
        }
        try {
            File jar = AgentJar.find(instrumentation);
            if (JdkTool.isRunning(jar)) {
                return;
            }
            if (AotCache.isTrained(jar, instrumentation)) {
                AotCache.refuse();
                return;
            }
            attach(arguments, instrumentation, jar, false);
        } catch (Throwable t) {
            notStarted(t);
        }
    }

    /**
     * Called by the JVM when the agent is attached while the application runs.
     *
     * @param arguments as for {@link #premain}
     * @param instrumentation the JVM's hand
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        if (isTooOld()) {
            return;
        }
        try {
            attach(arguments, instrumentation, AgentJar.find(instrumentation), true);
        } catch (Throwable t) {
            notStarted(t);
        }
    }

    private static boolean isTooOld() {
        if (JavaVersion.isTooOld()) {
            System.err.println("[tpool] WARN the application runs without the agent: " + JavaVersion.complaint());
            return true;
        }
        return false;
    }

    private static synchronized void attach(String arguments, Instrumentation instrumentation, File jar,
        boolean running)
            throws Exception {
        if (PreMain.class.getClassLoader() != null && !isOnBootLoader()) {
            BootClasses.define(jar, instrumentation);
        }
        // Never refer to Agents before this line: the application's loader would define a copy of its own.
        Agents.attach(arguments, instrumentation, jar, running);
    }

    private static boolean isOnBootLoader() {
        try {
            Class.forName("io.tpool.agent.boot.Agents", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void notStarted(Throwable t) {
        System.err.println("[tpool] ERROR the agent did not start and the application runs without it: " + t);
    }
}
