// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/**
 * A setting in force.
 *
 * @param key as in {@code agent.properties}
 * @param value for people; empty where nothing is set
 * @param source where the value comes from
 *
 * @since 1.0
 */
public record Setting(String key, String value, Source source) {
    /**
     * Tells whether somebody has set it.
     *
     * @return false for a default
     */
    public boolean isSet() {
        return source.kind() != Source.Kind.DEFAULT;
    }
}
