// SPDX-License-Identifier: Apache-2.0
package jdk.internal.misc;

/** As {@link Unsafe}: for the compiler only. */
public final class VM {
    private VM() {
    }

    /**
     * As in the JDK: the options that this JVM was started with, wherever they came from.
     *
     * @return without the main class and its arguments
     */
    public static String[] getRuntimeArguments() {
        throw new UnsupportedOperationException("only for the compiler");
    }
}
