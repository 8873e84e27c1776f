// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

import java.util.Map;

/**
 * The agent and its configuration, as {@code io.tpool:type=Agent}.
 *
 * @since 1.0
 */
public interface AgentMXBean {
    /**
     * The version of the agent.
     *
     * @return as in its Maven coordinates
     */
    String getVersion();

    /**
     * What is in force, on one line: version, guard, patterns and pools.
     *
     * @return for people
     */
    String getSummary();

    /**
     * Every setting, its value and where the value comes from.
     *
     * @return by key
     */
    Map<String, SettingRow> getSettings();

    /**
     * Every pattern, what it matched so far, and the problem if any.
     *
     * @return by pattern
     */
    Map<String, PatternRow> getPatterns();

    /**
     * Every woven method and the pattern that lists it.
     *
     * @return by method
     */
    Map<String, WovenMethodRow> getWovenMethods();
}
