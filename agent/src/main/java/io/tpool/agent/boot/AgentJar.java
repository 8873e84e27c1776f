package io.tpool.agent.boot;

import java.io.File;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;

/** The file that this agent came from. */
final class AgentJar {
    private AgentJar() {
    }

    /**
     * Finds the jar, whoever defined the agent's classes and whatever its name.
     *
     * @return never null
     * @throws Exception if there is none, in a development tree say
     */
    static File find() throws Exception {
        // The JVM appends the jar of every agent to the application's class path, so the URL is there for classes of the
        // boot loader too, which have no code source.
        CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
        URL location = source != null ? source.getLocation()
            : ClassLoader.getSystemResource("io/tpool/agent/boot/AgentJar.class");
        if (location == null) {
            throw new FileNotFoundException("cannot find the jar of the agent on the class path");
        }
        String text = location.getProtocol().equals("jar") ? location.getPath() : location.toString();
        int end = text.lastIndexOf("!/");
        return new File(new URI(end < 0 ? text : text.substring(0, end)));
    }
}
