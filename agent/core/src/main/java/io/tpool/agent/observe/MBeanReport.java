// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.management.AgentMXBean;
import io.tpool.management.GuardMXBean;
import io.tpool.internal.management.OffloadBean;
import io.tpool.management.OffloadMXBean;
import io.tpool.internal.management.PoolBean;
import io.tpool.management.PoolMXBean;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.Pools;

/**
 * All MBeans of this JVM in a {@link MBeanText}, whether they are registered or not. Touches no class of the management
 * modules.
 */
final class MBeanReport {
    private MBeanReport() {
    }

    static String of(AgentMXBean agent, GuardMXBean guard) {
        try {
            MBeanText text = new MBeanText();
            text.add("Agent", AgentMXBean.class, agent);
            text.add("Guard", GuardMXBean.class, guard);
            text.add("Offload", OffloadMXBean.class, new OffloadBean());
            for (Pool pool : Pools.all()) {
                text.add("Pool " + pool.name(), PoolMXBean.class, new PoolBean(pool));
            }
            return text.toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
