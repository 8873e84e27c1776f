package io.tpool.agent;

import io.tpool.agent.config.Configuration;
import io.tpool.management.Management;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServerFactory;

/** Registers the MBeans, in the platform MBean server that the application has chosen. Loads the management classes. */
final class Registration {
    private static final String BUILDER = "javax.management.builder.initial";

    private Registration() {
    }

    /**
     * Registers the MBeans, if the time has come.
     *
     * @return false to be called again
     */
    static boolean attempt(Configuration configuration) {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            Log.info("jmx: this runtime image has no module java.management, so there are no MBeans");
            return true;
        }
        return Server.attempt(configuration);
    }

    /** Loaded only where there is a module java.management. */
    private static final class Server {
        private Server() {
        }

        static boolean attempt(Configuration configuration) {
            // A server of the application's own making: its class is for the application's loaders to find, so let it be first.
            if (System.getProperty(BUILDER) != null && MBeanServerFactory.findMBeanServer(null).isEmpty()) {
                return false;
            }
            try {
                Management.register(ManagementFactory.getPlatformMBeanServer(), new AgentBean(configuration));
            } catch (JMException | RuntimeException e) {
                Log.warn("jmx: the MBean server did not take the MBeans, which are therefore missing: " + e);
            }
            return true;
        }
    }
}
