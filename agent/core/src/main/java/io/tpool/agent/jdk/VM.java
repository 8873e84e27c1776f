package io.tpool.agent.jdk;

/**
 * What {@link io.tpool.agent.boot.AgentJar} calls of {@code jdk.internal.misc.VM}: as {@link Unsafe}, for the compiler
 * only.
 */
public final class VM {
    private VM() {
    }

    /**
     * As in the JDK: the options that this JVM was started with, wherever they came from.
     *
     * @return without the main class and its arguments
     */
    public static String[] getRuntimeArguments() {
        throw new UnsupportedOperationException("works in the shipped jar only");
    }
}
