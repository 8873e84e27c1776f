// SPDX-License-Identifier: Apache-2.0
package org.example.osgi;

import java.io.File;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts the OSGi framework of the class path, installs a bundle in it and runs a class of the bundle. */
public final class OsgiApp {
    private OsgiApp() {
    }

    /** Takes a folder for the framework's files, the bundle's file, and the name of a main class in it. */
    public static void main(String[] args) throws Exception {
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow()
            .newFramework(Map.of("org.osgi.framework.storage", args[0]));
        framework.start();
        Bundle bundle = framework.getBundleContext().installBundle(new File(args[1]).toURI().toString());
        bundle.start();
        bundle.loadClass(args[2]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        framework.stop();
        framework.waitForStop(0);
    }
}
