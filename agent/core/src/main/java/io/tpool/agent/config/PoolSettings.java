package io.tpool.agent.config;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import java.util.List;

/**
 * The settings of a pool.
 *
 * @param name {@code default} for the default pool
 * @param methods its patterns in their order, not modifiable
 * @param mode how their calls are kept off the carrier
 * @param size threads when all goes well, at least 1
 * @param max threads that it may grow to, at least {@code size}
 * @param keepaliveMillis an idle thread ends after this many milliseconds
 * @param stackSize bytes of a thread's stack, 0 for what the JVM gives
 * @param saturation what a call does that finds {@code max} threads busy
 *
 * @since 1.0
 */
public record PoolSettings(String name, List<ListedPattern> methods, Mode mode, int size, int max, long keepaliveMillis,
        long stackSize, Saturation saturation) {
    /**
     * Gives what the pool itself has to know.
     *
     * @return never refused: the settings are within the pool's limits
     */
    public PoolConfig toPoolConfig() {
        return new PoolConfig(name, size, max, keepaliveMillis * 1_000_000, stackSize, saturation);
    }
}
