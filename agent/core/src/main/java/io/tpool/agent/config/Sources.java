// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.io.File;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a configuration is read from, so that a test can hand in something else than this JVM's.
 *
 * @param argument the agent's argument, or null
 * @param properties system properties
 * @param environment environment variables
 * @param workingDirectory where relative paths begin, and {@code agent.properties} is looked for; null for this JVM's,
 *     in which nothing is looked for
 * @param agentJar the agent's jar, beside which {@code agent.properties} is looked for; null if it is not known
 * @param file the file to read whatever {@code config} says, or null
 *
 * @since 1.0
 */
public record Sources(String argument, Map<String, String> properties, Map<String, String> environment,
    File workingDirectory, File agentJar, File file) {

    /**
     * Takes this JVM's sources.
     *
     * @param argument the agent's argument, or null
     * @param agentJar the agent's jar, or null if it is not known
     * @return its system properties as they are now, its environment and its working directory
     */
    public static Sources ofThisJvm(String argument, File agentJar) {
        Properties system = System.getProperties();
        Map<String, String> ours = new TreeMap<>();
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith(Keys.PROPERTY_PREFIX)) {
                String value = system.getProperty(name);
                if (value != null) {
                    ours.put(name, value);
                }
            }
        }
        return new Sources(argument, ours, Environment.ours(), new File(""), agentJar, null);
    }

    /**
     * Takes nothing but an argument and the file that it names, as a further attachment does.
     *
     * @param argument the agent's argument, or null
     * @return sources without properties, environment and standard file
     */
    public static Sources ofAttachment(String argument) {
        return new Sources(argument, Map.of(), Map.of(), null, null, null);
    }

    /**
     * Takes nothing but a file, as {@code check} does.
     *
     * @param file the configuration
     * @return sources without argument, properties and environment
     */
    public static Sources ofFile(File file) {
        return new Sources(null, Map.of(), Map.of(), new File(""), null, file);
    }
}
