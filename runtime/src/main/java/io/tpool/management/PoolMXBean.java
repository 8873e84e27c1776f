// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

import java.util.Map;

/**
 * One pool, as {@code io.tpool:type=Pool,name=NAME}.
 *
 * @since 1.0
 */
public interface PoolMXBean {
    /**
     * Threads used when all goes well.
     *
     * @return 1 or more
     */
    int getSize();

    /**
     * Changes {@link #getSize} at once, also for calls that wait already; {@link #getMaxSize} is raised with it where
     * it would lie below.
     *
     * @param threads 1 to 32767
     * @throws IllegalArgumentException if out of range
     */
    void setSize(int threads);

    /**
     * Threads that the pool may grow to when calls stop making progress.
     *
     * @return {@link #getSize} or more
     */
    int getMaxSize();

    /**
     * Changes {@link #getMaxSize} at once.
     *
     * @param threads {@link #getSize} to 32767
     * @throws IllegalArgumentException if out of range
     */
    void setMaxSize(int threads);

    /**
     * Threads alive.
     *
     * @return 0 or more
     */
    int getThreadCount();

    /**
     * The most threads that were alive at once.
     *
     * @return 0 or more
     */
    int getLargestThreadCount();

    /**
     * Threads that carry a call now.
     *
     * @return 0 or more
     */
    int getActiveCount();

    /**
     * Calls that wait for a thread.
     *
     * @return 0 or more
     */
    int getQueueDepth();

    /**
     * The most calls that waited at once.
     *
     * @return 0 or more
     */
    int getLargestQueueDepth();

    /**
     * Calls carried out to their end.
     *
     * @return 0 or more
     */
    long getCompletedCount();

    /**
     * Calls that failed because the pool was saturated.
     *
     * @return 0 or more
     */
    long getRejectedCount();

    /**
     * Threads started beyond the size because calls waited and none was completed.
     *
     * @return 0 or more
     */
    long getStallGrowthCount();

    /**
     * The pool's threads, for {@code threads} and for diagnosis: which OS thread carries which call since when.
     *
     * @return by the name of the pool thread
     */
    Map<String, PoolThreadRow> getThreads();
}
