// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.message;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Keys;
import io.tpool.agent.config.PoolSettings;
import io.tpool.agent.config.Setting;

/**
 * What is in force, on one line.
 *
 * @since 1.0
 */
public final class Summary {
    private Summary() {
    }

    /**
     * Gives the line that the agent begins with at {@code log=info}.
     *
     * @param configuration in force
     * @return version, guard, patterns and pools
     */
    public static String of(Configuration configuration) {
        StringBuilder text = new StringBuilder("tpool ").append(Version.current()).append(": guard ")
            .append(configuration.switches().guard());
        if (!configuration.switches().guard().equals(Keys.GUARD_OFF)) {
            text.append(" (patience ").append(configuration.setting(Keys.GUARD_PATIENCE).value()).append(')');
        }
        int patterns = configuration.patterns().listed().size();
        if (patterns == 0) {
            return text.append(", nothing listed").toString();
        }
        text.append(", ").append(patterns).append(patterns == 1 ? " pattern, " : " patterns, ");
        text.append(configuration.pools().size() == 1 ? "pool" : "pools");
        String separator = " ";
        for (PoolSettings pool : configuration.pools()) {
            text.append(separator).append(pool.name()).append(' ').append(pool.pool().size())
                .append(" to ").append(pool.pool().max()).append(" threads");
            separator = ", ";
        }
        return text.append(configuration.switches().enabled() ? "" : ", switched off (enabled=false)").toString();
    }

    /**
     * Gives the same line with every value that is not a default and where it comes from.
     *
     * @param configuration in force
     * @return one line
     */
    public static String withSources(Configuration configuration) {
        StringBuilder text = new StringBuilder(of(configuration));
        String separator = "; ";
        for (Setting setting : configuration.settings()) {
            if (setting.isSet()) {
                text.append(separator).append(setting.key()).append('=').append(setting.value().replaceAll("\\s+", " "))
                    .append(" (").append(setting.source()).append(')');
                separator = ", ";
            }
        }
        return text.toString();
    }
}
