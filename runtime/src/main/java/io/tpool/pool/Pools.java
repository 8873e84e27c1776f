package io.tpool.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The named pools of this JVM. The agent defines those of its configuration; the default pool appears by itself when it is first
 * asked for.
 *
 * @since 1.0
 */
public final class Pools {
    private static final ConcurrentMap<String, Pool> pools = new ConcurrentHashMap<>();

    private Pools() {
    }

    /**
     * Takes a pool in, unless there is one of that name.
     *
     * @param config its shape
     * @return the pool of that name, new or older
     */
    public static Pool define(PoolConfig config) {
        Pool there = pools.get(config.name());
        if (there != null) {
            return there;
        }
        Pool made = new Pool(config);
        there = pools.putIfAbsent(config.name(), made);
        return there != null ? there : made;
    }

    /**
     * The pool of that name.
     *
     * @param name as defined
     * @return null if there is none
     */
    public static Pool find(String name) {
        return pools.get(name);
    }

    /**
     * Forgets a pool; its threads are not touched.
     *
     * @param pool as {@link #define} gave it
     */
    public static void remove(Pool pool) {
        pools.remove(pool.name(), pool);
    }

    /**
     * The pools there are.
     *
     * @return a copy, in no order
     */
    public static Collection<Pool> all() {
        return new ArrayList<>(pools.values());
    }
}
