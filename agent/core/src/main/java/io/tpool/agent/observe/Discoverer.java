// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import javax.management.JMException;
import javax.management.MBeanServer;

/**
 * What {@code discover=true} sets to work, as seen from what is always there.
 *
 * @since 1.0
 */
public interface Discoverer {
    /**
     * Begins to watch the application. The flight recorder starts on this thread, so that nothing is missed; a thread
     * of its own reads what it records.
     *
     * @param file where the findings go at exit: a page if its name ends in {@code .html}, JSON if in {@code .json},
     *     else text;
     *     null for standard error
     * @return false if nothing is watched, which has been said
     */
    boolean start(String file);

    /**
     * Registers {@code io.tpool:type=Discovery}.
     *
     * @param server where
     * @throws JMException if the server refuses
     */
    void register(MBeanServer server) throws JMException;
}
