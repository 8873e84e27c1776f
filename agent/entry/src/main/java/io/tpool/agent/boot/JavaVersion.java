// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

/**
 * Whether this JVM is one that the agent can work in. A fleet-wide {@code JAVA_TOOL_OPTIONS} reaches old JVMs, too.
 *
 * <p><b>Important</b>: this class, {@link PreMain} and {@link Main} are compiled for Java 8, and nothing else of the
 * agent is. An older JVM ends the application if it cannot load the class that the manifest names. None of them may
 * touch another class before this one has been asked.
 */
final class JavaVersion {
    private static final int FIRST = 21;

    private JavaVersion() {
    }

    /** True before Java 21. */
    static boolean isTooOld() {
        return feature() < FIRST;
    }

    /** What to tell people, without a full stop. */
    static String complaint() {
        return "tpool needs Java " + FIRST + " or later and this is Java " + System.getProperty("java.version") + " ("
            + System.getProperty("java.home") + ")";
    }

    /** 8 for {@code 1.8}. */
    private static int feature() {
        String version = System.getProperty("java.specification.version", "0");
        try {
            return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        } catch (NumberFormatException unknown) {
            return FIRST;
        }
    }
}
