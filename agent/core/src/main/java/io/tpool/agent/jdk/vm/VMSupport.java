package io.tpool.agent.jdk.vm;

import java.util.Properties;

/**
 * Stands for {@code jdk.internal.vm.VMSupport}, as {@link io.tpool.agent.jdk.Unsafe} does for its own: for the compiler
 * only.
 */
public final class VMSupport {
    private VMSupport() {
    }

    /**
     * As in the JDK: what whoever attaches to this JVM is given as its agent properties.
     *
     * @return always the same
     */
    public static Properties getAgentProperties() {
        throw new UnsupportedOperationException("works in the shipped jar only");
    }
}
