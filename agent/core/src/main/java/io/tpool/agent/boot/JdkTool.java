// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.io.IOException;

/**
 * Tells the JDK's own tools and this agent's command line from applications. {@code JAVA_TOOL_OPTIONS} attaches the
 * agent to all of them.
 */
final class JdkTool {
    private JdkTool() {
    }

    /**
     * Tells whether this JVM is to be left alone.
     *
     * @param jar the agent's jar
     * @return true in {@code jcmd}, {@code javac}, {@code keytool} and their like, and in
     *     {@code java -jar tpool-agent.jar}
     * @throws IOException if the jar's path cannot be resolved
     */
    static boolean isRunning(File jar) throws IOException {
        String command = System.getProperty("sun.java.command", "");
        String module = System.getProperty("jdk.module.main");
        if (module != null) {
            return isTool(module, command);
        }
        return isCommandLine(jar, command, System.getProperty("java.class.path", ""));
    }

    /**
     * Tells whether a main module is a tool. The tools' launchers name one: {@code jdk.jcmd}, {@code jdk.compiler}, and
     * {@code java.base} for keytool.
     */
    static boolean isTool(String module, String command) {
        if (!module.startsWith("jdk.") && !module.startsWith("java.")) {
            return false;
        }
        // "java Application.java" has the compiler's module as its main module, and is an application.
        return !command.startsWith("jdk.compiler/com.sun.tools.javac.launcher.");
    }

    /** With {@code -jar} the jar is the first element of the class path, and the command begins with it. */
    private static boolean isCommandLine(File jar, String command, String classPath) throws IOException {
        int end = classPath.indexOf(File.pathSeparatorChar);
        String first = end < 0 ? classPath : classPath.substring(0, end);
        return !first.isEmpty() && command.startsWith(first) && first.endsWith(jar.getName())
            && new File(first).getCanonicalFile().equals(jar.getCanonicalFile());
    }
}
