// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/** Lets classes of the agent's own call {@code jdk.internal.misc}. */
final class JdkExport {
    private JdkExport() {
    }

    /** Exports it to one module; never to that of the application's loader, which must not see more than before. */
    static void to(Module module, Instrumentation instrumentation) {
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of("jdk.internal.misc", Set.of(module)),
            Map.of(), Set.of(), Map.of());
    }
}
