// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.message;

import io.tpool.agent.config.LogLevel;

/**
 * Where lines go.
 *
 * @since 1.0
 */
public interface LogOutput {
    /**
     * Writes a line.
     *
     * @param level of it
     * @param text one line
     */
    void write(LogLevel level, String text);
}
