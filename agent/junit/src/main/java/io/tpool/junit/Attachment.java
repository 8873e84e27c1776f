// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import io.tpool.TPoolAgent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Has the agent attached to this JVM, once.
 *
 * <p><b>Important</b>: until {@link #problem} has answered null, no class of the runtime may be loaded. The class path
 * would give a copy that knows nothing of the agent.
 */
final class Attachment {
    private Attachment() {
    }

    /** Why nothing can be watched in this JVM, one line, or null. */
    static String problem() {
        return Once.PROBLEM;
    }

    private static final class Once {
        static final String PROBLEM = attach();

        private static String attach() {
            try {
                String own = version();
                String problem = TPoolAgent.install().orElse(null);
                if (problem == null && !own.equals(TPoolAgent.version())) {
                    problem = "tpool-junit is of version " + own + " and tpool-agent.jar of version "
                        + TPoolAgent.version() + ": use one version of both";
                }
                return problem == null ? TestWatch.prepare() : problem;
            } catch (LinkageError | IOException e) {
                return "tpool-junit and tpool-agent.jar do not fit together, use one version of both: " + e;
            }
        }

        private static String version() throws IOException {
            try (InputStream text = Attachment.class.getResourceAsStream("version.txt")) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        }
    }
}
