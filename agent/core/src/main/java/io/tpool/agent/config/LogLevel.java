// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/**
 * What the agent says on standard error; each level includes those before it.
 *
 * @since 1.0
 */
public enum LogLevel {
    /** Nothing. */
    OFF,
    /** What keeps the agent from doing what the configuration says. */
    ERROR,
    /** What is done in another way than the configuration says. */
    WARN,
    /** The settings in force with their sources, and what was woven. */
    INFO,
    /** Every decision. */
    DEBUG
}
