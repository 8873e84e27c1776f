// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Deploys a class in a loader of its own, as servers do, calls it on a virtual thread, and undeploys it until it is
 * gone.
 *
 * @since 1.0
 */
public final class DeployApp {
    private static final int LIMIT = 1_000;

    private DeployApp() {
    }

    /**
     * Runs it.
     *
     * @param arguments the directory with the classes of {@link PlainApp}
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        WeakReference<ClassLoader> deployed = new WeakReference<>(deploy(Path.of(arguments[0])));
        int looks = 0;
        while (deployed.get() != null && looks < LIMIT) {
            System.gc();
            Thread.sleep(10);
            looks++;
        }
        System.out.println("undeployed=" + (deployed.get() == null));
    }

    private static ClassLoader deploy(Path classes) throws Exception {
        URLClassLoader loader =
            new URLClassLoader("web", new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Method carrier = Class.forName("org.example.app.PlainApp", true, loader).getDeclaredMethod("carrier");
        carrier.setAccessible(true);
        Thread call = Thread.ofVirtual().start(() -> {
            try {
                System.out.println("carried=" + carrier.invoke(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        call.join();
        return loader;
    }
}
