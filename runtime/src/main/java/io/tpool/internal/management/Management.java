// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.management;

import io.tpool.management.AgentMXBean;
import io.tpool.management.GuardMXBean;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.Pools;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Puts the MBeans into an MBean server. Nothing else in the runtime touches the management classes, which cost a
 * quarter of a second: whoever calls this chooses the time.
 *
 * @since 1.0
 */
public final class Management {
    private static final String DOMAIN = "io.tpool:type=";

    private final MBeanServer server;

    private Management(MBeanServer server) {
        this.server = server;
    }

    /**
     * Registers the MBeans of the agent, of the guard, of what is offloaded, and of each pool there is or will be.
     * What is registered already stays.
     *
     * @param server where, not null
     * @param agent the agent, not null
     * @param guard the guard, not null
     * @throws JMException if the server refuses
     */
    public static void register(MBeanServer server, AgentMXBean agent, GuardMXBean guard) throws JMException {
        Management management = new Management(server);
        management.add(guard, DOMAIN + "Guard");
        management.add(agent, DOMAIN + "Agent");
        management.add(new OffloadBean(), DOMAIN + "Offload");
        Pools.observe(new Pools.Observer() {
            @Override
            public void defined(Pool pool) {
                management.addQuietly(pool);
            }

            @Override
            public void removed(Pool pool) {
                management.removeQuietly(pool);
            }
        });
    }

    private void add(Object bean, String name) throws JMException {
        try {
            server.registerMBean(bean, new ObjectName(name));
        } catch (InstanceAlreadyExistsException there) {
            return;
        }
    }

    /**
     * Whoever makes a pool must not fail because the application's MBean server refuses its bean: the pool works
     * without.
     */
    private void addQuietly(Pool pool) {
        try {
            add(new PoolBean(pool), nameOf(pool));
        } catch (JMException | RuntimeException refused) {
            pool.countThrown();
        }
    }

    private void removeQuietly(Pool pool) {
        try {
            server.unregisterMBean(new ObjectName(nameOf(pool)));
        } catch (InstanceNotFoundException gone) {
            return;
        } catch (JMException | RuntimeException refused) {
            pool.countThrown();
        }
    }

    private static String nameOf(Pool pool) throws MalformedObjectNameException {
        String name = pool.name();
        boolean plain = name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        return DOMAIN + "Pool,name=" + (plain ? name : ObjectName.quote(name));
    }
}
