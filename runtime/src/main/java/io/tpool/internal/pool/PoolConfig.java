// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.Objects;

/**
 * The shape of a pool.
 *
 * @param name part of the names of its threads, {@code tpool-NAME-1}
 * @param size threads it uses when all goes well, 1 to {@value #LARGEST}
 * @param max threads it may grow to when calls stop making progress, {@code size} to {@value #LARGEST}
 * @param keepAliveNanos an idle thread ends after this, nanoseconds, above zero
 * @param stackSize bytes for the stack of a thread, 0 for the JVM's default
 * @param saturation what becomes of a further call at {@code max}
 * @since 1.0
 */
public record PoolConfig(String name, int size, int max, long keepAliveNanos, long stackSize, Saturation saturation) {
    /** More threads than this no pool may have. */
    public static final int LARGEST = 32_767;
    /** Name of the pool for everything that names no other. */
    public static final String DEFAULT_NAME = "default";
    /** Threads that a pool uses when all goes well, where nobody says otherwise. */
    public static final int DEFAULT_SIZE = 64;
    /** Threads that a pool may grow to, where nobody says otherwise. */
    public static final int DEFAULT_MAX = 512;
    /** How long a thread stays idle before it ends, nanoseconds, where nobody says otherwise. */
    public static final long DEFAULT_KEEP_ALIVE_NANOS = 30_000_000_000L;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if a number is out of its range, with what would be right
     */
    public PoolConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(saturation, "saturation");
        checkSize("size", size);
        checkSize("max", max);
        if (max < size) {
            throw new IllegalArgumentException("max " + max + " is below size " + size);
        }
        if (keepAliveNanos <= 0) {
            throw new IllegalArgumentException("keep-alive must be above zero: " + keepAliveNanos + " ns");
        }
        if (stackSize < 0) {
            throw new IllegalArgumentException("stack size must not be negative: " + stackSize);
        }
    }

    /**
     * A pool with the defaults for all but its name and size.
     *
     * @param name part of the names of its threads
     * @param size threads it uses when all goes well, 1 to {@value #LARGEST}
     * @return the shape; {@code max} is raised to {@code size} where the default lies below
     * @throws IllegalArgumentException if the size is out of range
     */
    public static PoolConfig of(String name, int size) {
        return of(name, size, Math.max(size, DEFAULT_MAX));
    }

    /**
     * A pool with the defaults for all but its name and the numbers of its threads.
     *
     * @param name part of the names of its threads
     * @param size threads it uses when all goes well, 1 to {@value #LARGEST}
     * @param max threads it may grow to, {@code size} to {@value #LARGEST}
     * @return the shape
     * @throws IllegalArgumentException if a number is out of range
     */
    public static PoolConfig of(String name, int size, int max) {
        return new PoolConfig(name, size, max, DEFAULT_KEEP_ALIVE_NANOS, 0, Saturation.WAIT);
    }

    /**
     * The same shape but for one thing.
     *
     * @param nanos an idle thread ends after this, above zero
     * @return a further shape
     */
    public PoolConfig withKeepAliveNanos(long nanos) {
        return new PoolConfig(name, size, max, nanos, stackSize, saturation);
    }

    /**
     * The same shape but for one thing.
     *
     * @param bytes for the stack of a thread, 0 for the JVM's default
     * @return a further shape
     */
    public PoolConfig withStackSize(long bytes) {
        return new PoolConfig(name, size, max, keepAliveNanos, bytes, saturation);
    }

    /**
     * The same shape but for one thing.
     *
     * @param policy what becomes of a further call at {@code max}
     * @return a further shape
     */
    public PoolConfig withSaturation(Saturation policy) {
        return new PoolConfig(name, size, max, keepAliveNanos, stackSize, policy);
    }

    static void checkSize(String what, int threads) {
        if (threads < 1 || threads > LARGEST) {
            throw new IllegalArgumentException(what + " must be 1 to " + LARGEST + ", not " + threads);
        }
    }
}
