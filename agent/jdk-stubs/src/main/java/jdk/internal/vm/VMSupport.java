// SPDX-License-Identifier: Apache-2.0
package jdk.internal.vm;

import java.util.Properties;

/** As {@link jdk.internal.misc.Unsafe}: for the compiler only. */
public final class VMSupport {
    private VMSupport() {
    }

    /** As in the JDK: what whoever attaches to this JVM is given as its agent properties. */
    public static Properties getAgentProperties() {
        throw new UnsupportedOperationException("only for the compiler");
    }
}
