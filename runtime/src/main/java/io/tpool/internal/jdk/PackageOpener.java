// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

/**
 * How {@code java.lang}, {@code java.util.concurrent}, {@code jdk.internal.misc} and {@code jdk.internal.vm} come to be
 * open to the runtime. The agent knows how, but it takes milliseconds that no application should pay for before a
 * virtual thread is to be moved. Without the agent they are open or they are not.
 *
 * @since 1.0
 */
public final class PackageOpener {
    private static volatile Runnable opener;

    private PackageOpener() {
    }

    /**
     * Says how. To be called before anything is offloaded.
     *
     * @param how opens these packages to the module of this class; may be run more than once
     */
    public static void by(Runnable how) {
        opener = how;
    }

    /** Opens them, as far as somebody has said how. May be called again. */
    public static void now() {
        Runnable how = opener;
        if (how != null) {
            how.run();
        }
    }
}
