// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;

/**
 * Settings of a pool that stand by themselves: each is declared here, and whatever reads, amends, documents or tells
 * them goes over this table. A new one needs a constant with its lines in {@link #of} and {@link #with}, a component of
 * {@link PoolConfig}, and the place that uses it.
 *
 * <p>Neither constants with a body nor a switch: each would be a further class to load before {@code main}.
 *
 * @since 1.0
 */
public enum PoolSetting {
    /** An idle thread ends after this, 1 millisecond at least. */
    KEEPALIVE("keepalive", ValueType.DURATION, "30s"),
    /** Stack of a pool thread, for deep native code. Empty for what the JVM gives a thread. */
    STACKSIZE("stacksize", ValueType.STACK, ""),
    /** What a call does that finds the most threads busy. */
    SATURATION("saturation", ValueType.SATURATION, "wait");

    private static final PoolSetting[] ALL = values();
    private static final PoolConfig USUAL = PoolConfig.of(Keys.DEFAULT_POOL, PoolConfig.DEFAULT_SIZE);

    /** What follows {@code pool.} or {@code pool.NAME.} in the key. */
    final String word;
    /** What its value may be. */
    final ValueParser parser;
    /** The default, as in a file. */
    final String usual;

    PoolSetting(String word, ValueParser parser, String usual) {
        this.word = word;
        this.parser = parser;
        this.usual = usual;
    }

    /** All of them in the order of the documentation, not to be modified. */
    static PoolSetting[] all() {
        return ALL;
    }

    /**
     * Tells whether a key is that of such a setting, for the default pool or a further one.
     *
     * @param key of a setting
     * @return false as well for settings of a pool that have to do with others: its methods, mode, size and max
     */
    public static boolean isIn(String key) {
        if (key.startsWith(Keys.POOL)) {
            String word = key.substring(key.lastIndexOf('.') + 1);
            for (PoolSetting each : ALL) {
                if (each.word.equals(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The default, as {@link #parser} would give it. */
    Object usualValue() {
        return of(USUAL);
    }

    /** What it is in a pool, as {@link #parser} gives it. */
    Object of(PoolConfig pool) {
        if (this == KEEPALIVE) {
            return pool.keepAliveNanos() / 1_000_000;
        }
        if (this == STACKSIZE) {
            return pool.stackSize();
        }
        return pool.saturation();
    }

    /** The pool with another value, as {@link #parser} gives it. */
    PoolConfig with(PoolConfig pool, Object value) {
        if (this == KEEPALIVE) {
            return pool.withKeepAliveNanos((Long) value * 1_000_000);
        }
        if (this == STACKSIZE) {
            return pool.withStackSize((Long) value);
        }
        return pool.withSaturation((Saturation) value);
    }
}
