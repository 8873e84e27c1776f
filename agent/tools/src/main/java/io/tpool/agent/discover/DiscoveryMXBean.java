// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.List;

/**
 * What has been discovered since the application began: {@code io.tpool:type=Discovery}, with {@code discover=true}.
 * Any thread may read it.
 *
 * @since 1.0
 */
public interface DiscoveryMXBean {

    /**
     * Returns the patterns to list.
     *
     * @return the one with the most time first; empty if there is nothing to list
     */
    List<String> getMethods();

    /**
     * Returns the lines for {@code agent.properties}, each with its evidence.
     *
     * @return lines, separated by line feeds
     */
    String getLines();

    /**
     * Returns how long carriers were captured.
     *
     * @return milliseconds, summed over all carriers
     */
    long getCapturedMillis();

    /**
     * Returns the share of all carrier time in which carriers were captured.
     *
     * @return 0 to 1
     */
    double getCapturedShare();

    /**
     * Returns how long all carriers were captured at once.
     *
     * @return milliseconds
     */
    long getStarvedMillis();

    /**
     * Returns the findings as a table.
     *
     * @return text
     */
    String report();

    /**
     * Returns the findings as a page with a time line.
     *
     * @return HTML
     */
    String html();

    /**
     * Returns the findings for programs.
     *
     * @return JSON
     */
    String json();
}
