// SPDX-License-Identifier: Apache-2.0
package benchmarked.nothing;

import java.lang.instrument.Instrumentation;

/**
 * An agent that does nothing: what it costs is the JVM's own price for having one.
 *
 * @since 1.0
 */
public final class NothingAgent {
    private NothingAgent() {
    }

    /**
     * Called by the JVM before {@code main}.
     *
     * @param arguments ignored
     * @param instrumentation ignored
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        // Nothing, as the name says.
    }
}
