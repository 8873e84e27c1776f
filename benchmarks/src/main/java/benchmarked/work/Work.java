// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.sql.SQLException;

/**
 * A call, which the agent moves or which somebody makes otherwise. Belongs to one caller.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface Work extends AutoCloseable {
    /**
     * Does it; no pattern names this method.
     *
     * @return something that depends on what was done
     * @throws Exception what went wrong
     */
    int direct() throws Exception;

    /**
     * Does the same; with the agent attached this method is woven.
     *
     * @return as {@link #direct}
     * @throws Exception as {@link #direct}
     */
    default int listed() throws Exception {
        return direct();
    }

    /**
     * Gives up what this holds.
     *
     * @throws SQLException if that is a connection and SQLite fails
     */
    @Override
    default void close() throws SQLException {
    }
}
