// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.agent.message.Log;
import io.tpool.internal.management.Management;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** Registers the MBeans in the platform MBean server, if there is one. Loads the management classes. */
final class Registration {
    private Registration() {
    }

    /**
     * Registers the MBeans, if the time has come.
     *
     * @param guard its bean
     * @param discoverer null if the application is not watched
     * @return false to be called again
     */
    static boolean attempt(Observation observation, GuardBean guard, Discoverer discoverer) {
        try {
            MBeanServer server = platformServer();
            if (server == null) {
                return false;
            }
            Management.register(server, new AgentBean(observation), guard);
            if (discoverer != null) {
                discoverer.register(server);
            }
        } catch (JMException | RuntimeException e) {
            // The server may be of the application's making, and throw what it likes.
            Log.warn("jmx: the MBean server did not take the MBeans, which are therefore missing: " + e);
        }
        return true;
    }

    /**
     * Finds the server without making it: asking {@link ManagementFactory} would, with the builder that the
     * application's {@code javax.management.builder.initial} names, before the application does. Applications make
     * further servers; the platform's is the one that has the JVM's own MBeans.
     */
    private static MBeanServer platformServer() throws JMException {
        ObjectName runtime = new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            if (server.isRegistered(runtime)) {
                awaitCompletion();
                return server;
            }
        }
        return null;
    }

    /** Whoever makes the server holds this monitor until all of the JVM's MBeans are in it. */
    private static void awaitCompletion() {
        synchronized (ManagementFactory.class) {
            return;
        }
    }
}
