// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.PoolConfig;
import java.util.List;

/**
 * The settings of a pool.
 *
 * @param pool what the pool itself has to know
 * @param methods its patterns in their order, not modifiable
 * @param mode how their calls are kept off the carrier
 *
 * @since 1.0
 */
public record PoolSettings(PoolConfig pool, List<ListedPattern> methods, Mode mode) {
    /**
     * Gives the name.
     *
     * @return {@code default} for the default pool
     */
    public String name() {
        return pool.name();
    }
}
