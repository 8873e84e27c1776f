// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.lang.reflect.InvocationTargetException;

/**
 * Where {@code java -jar tpool-agent.jar} enters: passes on to the command line behind the agent's loader.
 *
 * @since 1.0
 */
public final class Main {
    private Main() {
    }

    /**
     * Runs a command and ends the JVM with its status.
     *
     * @param arguments the command and what it takes
     * @throws Throwable what the command could not deal with
     */
    public static void main(String[] arguments) throws Throwable {
        if (JavaVersion.isTooOld()) {
            System.err.println("error: " + JavaVersion.complaint());
            System.exit(1);
        }
        LazyParts.areIn(AgentJar.find(), Main.class.getClassLoader());
        ClassLoader loader = LazyParts.loader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class<?> main = loader.loadClass("io.tpool.agent.cli.Main");
            System.exit((int) main.getMethod("run", String[].class).invoke(null, (Object) arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
