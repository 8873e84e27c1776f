// SPDX-License-Identifier: Apache-2.0
package org.example.jboss;

import java.io.File;
import org.jboss.modules.LocalModuleLoader;

/**
 * Runs the main class of a module as JBoss Modules does. Its own {@code Main} does not run on JDK 24 and later, which
 * have no policies to set.
 */
public final class JBossApp {
    private JBossApp() {
    }

    /** Takes the folder of the modules, and the module's name. */
    public static void main(String[] args) throws Exception {
        new LocalModuleLoader(new File[] {new File(args[0])}).loadModule(args[1]).run(new String[0]);
    }
}
