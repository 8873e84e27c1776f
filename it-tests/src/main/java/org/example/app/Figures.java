// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the agent has counted.
 *
 * @since 1.0
 */
public final class Figures {
    private Figures() {
    }

    /**
     * With {@code -Dfigures=true}, prints the number of calls that were {@code figures.offloaded}, and of those that
     * {@code figures.stayed} on their carrier, in place or pinned.
     *
     * @throws Exception if the agent does not answer
     */
    public static void print() throws Exception {
        if (Boolean.getBoolean("figures")) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName offload = new ObjectName("io.tpool:type=Offload");
            while (!server.isRegistered(offload)) {   // the agent comes when it has seen the server
                Thread.sleep(10);
            }
            Load.print("figures.offloaded", server.getAttribute(offload, "OffloadedCount"));
            Load.print("figures.stayed", count(server, offload, "InPlaceCount")
                + count(server, offload, "PinnedCount"));
        }
    }

    private static long count(MBeanServer server, ObjectName offload, String attribute) throws Exception {
        return (Long) server.getAttribute(offload, attribute);
    }
}
