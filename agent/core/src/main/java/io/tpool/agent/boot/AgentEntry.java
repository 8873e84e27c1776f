// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * What the classes in the root of the jar know of the agent behind its loader.
 *
 * @since 1.0
 */
public interface AgentEntry {
    /**
     * Attaches the agent to this JVM, or a further configuration to the agent.
     *
     * @param arguments the agent's arguments, may be null
     * @param instrumentation the JVM's hand
     * @param jar the agent's jar
     * @param running true if the application has begun
     */
    void attach(String arguments, Instrumentation instrumentation, File jar, boolean running);

    /**
     * Gives the version of the agent.
     *
     * @return as in the Maven coordinates
     */
    String version();
}
