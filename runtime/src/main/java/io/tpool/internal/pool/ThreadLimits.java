// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/**
 * How many threads a pool uses when all goes well, how many it may grow to, and how many it keeps for how long while
 * they are idle. Readers take no lock. Size and maximum are changed under the lock of this object, so a size above the
 * maximum is never set.
 */
final class ThreadLimits {
    private final long keepAliveNanos;
    private volatile int size;
    private volatile int max;
    /** Threads of an earlier generation are not kept. */
    private volatile int generation;
    private volatile boolean retired;

    ThreadLimits(PoolConfig config) {
        size = config.size();
        max = config.max();
        keepAliveNanos = config.keepAliveNanos();
    }

    int size() {
        return size;
    }

    int max() {
        return max;
    }

    /** An idle thread ends after this, nanoseconds. */
    long keepAliveNanos() {
        return keepAliveNanos;
    }

    int generation() {
        return generation;
    }

    /** Above this many threads an idle thread of this generation ends. */
    int kept(int ofGeneration) {
        return ofGeneration == generation && !retired ? size : 0;
    }

    /** Changes the size, and raises the maximum where it would lie below. */
    void resize(int threads) {
        PoolConfig.checkSize("size", threads);
        synchronized (this) {
            if (threads > max) {
                max = threads;
            }
            size = threads;
        }
    }

    void setMax(int threads) {
        PoolConfig.checkSize("max", threads);
        synchronized (this) {
            if (threads < size) {
                throw new IllegalArgumentException("max " + threads + " is below size " + size);
            }
            max = threads;
        }
    }

    /** From now on no thread that was started before is kept. */
    synchronized void beginGeneration() {
        generation++;
    }

    /** From now on no idle thread is kept. */
    void retire() {
        retired = true;
    }
}
