// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.api;

import io.tpool.internal.pool.Pools;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pool;
import java.util.Locale;

/**
 * The default pool: the agent's if there is one, else one of the size that a system property or an environment variable
 * names.
 */
public final class SharedPool {
    private static final String SIZE = "pool.size";
    private static final String MAX = "pool.max";

    private SharedPool() {
    }

    public static PoolOperations findOrDefine() {
        PoolOperations agents = AgentPool.shared();
        return agents != null ? agents : new LocalPool(ofThisCopy(), true);
    }

    private static Pool ofThisCopy() {
        Pool there = Pools.find(PoolConfig.DEFAULT_NAME);
        if (there != null) {
            return there;
        }
        int size = threads(SIZE, PoolConfig.DEFAULT_SIZE);
        int max = Math.max(size, threads(MAX, PoolConfig.DEFAULT_MAX));
        return Pools.define(PoolConfig.of(PoolConfig.DEFAULT_NAME, size, max));
    }

    private static int threads(String key, int otherwise) {
        String property = "tpool." + key;
        String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
        String value = System.getProperty(property);
        String source = "system property " + property;
        if (value == null) {
            value = System.getenv(variable);
            source = "environment variable " + variable;
        }
        return value == null ? otherwise : parsed(source, value.strip(), otherwise);
    }

    /** Nonsense is reported and left aside, as the agent does it: an application is not to fail for a setting. */
    private static int parsed(String source, String value, int otherwise) {
        int threads;
        try {
            threads = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            threads = 0;
        }
        if (threads >= 1 && threads <= PoolConfig.LARGEST) {
            return threads;
        }
        System.err.println("[tpool] " + source + ": '" + value + "'; write a number of threads from 1 to "
                + PoolConfig.LARGEST + "; " + otherwise + " is used");
        return otherwise;
    }
}
