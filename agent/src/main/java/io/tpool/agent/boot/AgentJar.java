package io.tpool.agent.boot;

import java.io.File;
import java.net.URISyntaxException;

/** The file that this agent came from. */
final class AgentJar {
    private AgentJar() {
    }

    /**
     * Finds the jar, whatever its name.
     *
     * @return never null
     * @throws URISyntaxException if the JVM names it by what is no URI
     */
    static File find() throws URISyntaxException {
        // The loader of the application defined this class: the JVM appends the jar of every agent to its class path.
        return new File(AgentJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
