// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * Brings its own maker of MBean servers, chosen in {@code main}, and prints when it was used and who is registered.
 *
 * @since 1.0
 */
public final class OwnServersApp {
    /** Time for somebody else to use it first. */
    private static final int IDLE_MILLIS = 1_500;

    private OwnServersApp() {
    }

    /**
     * Makes MBean servers.
     *
     * @since 1.0
     */
    public static final class Builder extends MBeanServerBuilder {
        private static final AtomicInteger made = new AtomicInteger();

        /** Called by reflection. */
        public Builder() {
        }

        @Override
        public MBeanServer newMBeanServer(String domain, MBeanServer outer, MBeanServerDelegate delegate) {
            made.incrementAndGet();
            return super.newMBeanServer(domain, outer, delegate);
        }
    }

    /**
     * Waits, asks for servers, then makes a private one and the platform's.
     *
     * @param args none
     * @throws Exception if a server refuses
     */
    public static void main(String[] args) throws Exception {
        System.setProperty("javax.management.builder.initial", Builder.class.getName());
        ObjectName agent = new ObjectName("io.tpool:type=Agent");
        Load.print("servers", MBeanServerFactory.findMBeanServer(null).size());
        Thread.sleep(IDLE_MILLIS);
        Load.print("madeByOthers", Builder.made.get());
        MBeanServer own = MBeanServerFactory.createMBeanServer("own");
        Thread.sleep(IDLE_MILLIS);
        Load.print("madeByMe", Builder.made.get());
        MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
        while (!platform.isRegistered(agent)) {
            Thread.onSpinWait();
        }
        Load.print("madeAtLast", Builder.made.get());
        Load.print("inOwn", own.isRegistered(agent));
    }
}
