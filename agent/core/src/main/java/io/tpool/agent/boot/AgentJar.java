// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.io.FileNotFoundException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import jdk.internal.misc.VM;

/**
 * The file that this agent came from.
 *
 * @since 1.0
 */
public final class AgentJar {
    /** The name for which the manifest's {@code Boot-Class-Path} holds. */
    private static final String NAME = "tpool-agent.jar";
    private static final String OPTION = "-javaagent:";

    private AgentJar() {
    }

    /**
     * Finds the jar that the command line runs from.
     *
     * @return never null
     * @throws URISyntaxException if the JVM names it by what is no URI
     */
    public static File find() throws URISyntaxException {
        if (AgentJar.class.getClassLoader() == null) {   // the agent is attached to its own command line: java -jar
            return new File(System.getProperty("java.class.path"));
        }
        return fileOf(AgentJar.class.getProtectionDomain().getCodeSource().getLocation());
    }

    /**
     * Finds the jar that the agent runs from, whatever its name.
     *
     * @param instrumentation the JVM's hand
     * @return never null
     * @throws URISyntaxException if the JVM names it by what is no URI
     * @throws FileNotFoundException if the application's loader does not find it
     */
    static File find(Instrumentation instrumentation) throws URISyntaxException, FileNotFoundException {
        if (AgentJar.class.getClassLoader() != null) {
            return find();
        }
        // The boot loader's classes have no code source.
        File agent = onlyOne(LaunchOptions.shown());
        if (agent == null) {
            agent = onlyOne(options(instrumentation));
        }
        if (agent != null) {
            return agent;
        }
        // The JVM has appended the jar of every agent to the class path. To look there costs a third of our start-up
        // time.
        URL found = ClassLoader.getSystemResource("io/tpool/agent/boot/AgentJar.class");
        if (found == null) {
            throw new FileNotFoundException("the agent's jar on the class path");
        }
        return fileOf(found);
    }

    private static String[] options(Instrumentation instrumentation) {
        try {
            JdkExport.to(AgentJar.class.getModule(), instrumentation);
            return VM.getRuntimeArguments();
        } catch (IncompatibleClassChangeError | RuntimeException e) {   // a JDK that has no such method any more
            return new String[0];
        }
    }

    private static File fileOf(URL location) throws URISyntaxException {
        String text = location.getProtocol().equals("jar") ? location.getPath() : location.toString();
        int end = text.lastIndexOf("!/");
        return new File(new URI(end < 0 ? text : text.substring(0, end)));
    }

    /** The agent among the options that has the name; null if there is none, or more than one to choose from. */
    static File onlyOne(String[] options) {
        File found = null;
        for (String option : options) {
            if (option.startsWith(OPTION)) {
                int end = option.indexOf('=');
                File agent = new File(option.substring(OPTION.length(), end < 0 ? option.length() : end));
                if (agent.getName().equals(NAME)) {
                    if (found != null && !found.equals(agent)) {
                        return null;
                    }
                    found = agent;
                }
            }
        }
        return found;
    }
}
