package io.tpool.agent.boot;

import java.io.File;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;

/** The file that this agent came from. */
final class AgentJar {
    /** The name for which the manifest's {@code Boot-Class-Path} holds. */
    private static final String NAME = "tpool-agent.jar";

    private AgentJar() {
    }

    /**
     * Finds the jar, whatever its name.
     *
     * @return never null
     * @throws URISyntaxException if the JVM names it by what is no URI
     * @throws FileNotFoundException if the application's loader does not find it
     */
    static File find() throws URISyntaxException, FileNotFoundException {
        if (AgentJar.class.getClassLoader() != null) {
            return fileOf(AgentJar.class.getProtectionDomain().getCodeSource().getLocation());
        }
        // The boot loader's classes have no code source. The JVM has appended the jar of every agent to the class path.
        File onClassPath = onlyOneNamed(NAME, System.getProperty("java.class.path", ""));
        if (onClassPath != null) {
            return onClassPath;
        }
        URL found = ClassLoader.getSystemResource("io/tpool/agent/boot/AgentJar.class");
        if (found == null) {
            throw new FileNotFoundException("the agent's jar on the class path");
        }
        return fileOf(found);
    }

    private static File fileOf(URL location) throws URISyntaxException {
        String text = location.getProtocol().equals("jar") ? location.getPath() : location.toString();
        int end = text.lastIndexOf("!/");
        return new File(new URI(end < 0 ? text : text.substring(0, end)));
    }

    /** Returns the element with that file name; null if there is none, or more than one to choose from. */
    static File onlyOneNamed(String name, String classPath) {
        File found = null;
        int begin = 0;
        while (begin <= classPath.length()) {
            int end = classPath.indexOf(File.pathSeparatorChar, begin);
            end = end < 0 ? classPath.length() : end;
            File element = new File(classPath.substring(begin, end));
            if (element.getName().equals(name)) {
                if (found != null && !found.equals(element)) {
                    return null;
                }
                found = element;
            }
            begin = end + 1;
        }
        return found;
    }
}
