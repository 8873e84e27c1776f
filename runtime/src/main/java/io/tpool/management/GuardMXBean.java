// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

import java.util.Map;

/**
 * The guard of the scheduler of virtual threads, as {@code io.tpool:type=Guard}. All figures are 0 before the
 * application has made its first virtual thread. The counts begin anew with {@link #reset}.
 *
 * @since 1.0
 */
public interface GuardMXBean {
    /**
     * What the guard does about captured carriers.
     *
     * @return {@code on}: the scheduler gets a further carrier for each one that is captured; {@code watch}: captures
     *     are counted and named, nothing is lent; {@code off}: the guard does not look, or cannot work in this JVM
     */
    String getMode();

    /**
     * Changes {@link #getMode} at once. Carriers that are lent are given back by {@code watch} and {@code off}.
     *
     * @param mode {@code on}, {@code watch} or {@code off}
     * @throws IllegalArgumentException if it is another word
     * @throws IllegalStateException if the guard cannot work in this JVM, with the reason
     */
    void setMode(String mode);

    /**
     * A carrier whose virtual thread blocks for so long without unmounting counts as captured.
     *
     * @return microseconds
     */
    long getPatienceMicros();

    /**
     * Changes {@link #getPatienceMicros} at once.
     *
     * @param micros 100 to 60000000
     * @throws IllegalArgumentException if out of range
     */
    void setPatienceMicros(long micros);

    /**
     * Most carriers lent at once.
     *
     * @return 1 or more
     */
    int getMax();

    /**
     * Changes {@link #getMax} at once.
     *
     * @param carriers 1 to 32767
     * @throws IllegalArgumentException if out of range
     */
    void setMax(int carriers);

    /**
     * Carriers that the user, or the application, has set; those lent are not among them.
     *
     * @return 0 before the first virtual thread
     */
    int getParallelism();

    /**
     * Carriers that are captured now.
     *
     * @return 0 or more
     */
    int getCapturedCarriers();

    /**
     * Carriers that are lent now.
     *
     * @return 0 or more
     */
    int getLentCarriers();

    /**
     * The most carriers that were lent at once.
     *
     * @return 0 or more
     */
    int getLargestLentCarriers();

    /**
     * Captures, those that have ended and those that go on.
     *
     * @return 0 or more
     */
    long getCaptureCount();

    /**
     * How long carriers were captured, all captures added up.
     *
     * @return milliseconds
     */
    long getCapturedMillis();

    /**
     * How often all carriers were captured while virtual threads waited.
     *
     * @return 0 or more
     */
    long getStarvedCount();

    /**
     * How long all carriers were captured while virtual threads waited.
     *
     * @return milliseconds
     */
    long getStarvedMillis();

    /**
     * The longest time that all carriers were captured while virtual threads waited.
     *
     * @return milliseconds
     */
    long getLongestStarvedMillis();

    /**
     * The methods that captured carriers, with what to list for each.
     *
     * @return by the name of the method; the one that captured longest in all comes first
     */
    Map<String, CapturingMethodRow> getCaptures();

    /**
     * The virtual threads that hold captured carriers now. A capture that has only just begun may be missing: it is
     * named a moment later.
     *
     * @return by the name of the carrier
     */
    Map<String, CapturedThreadRow> getCapturedThreads();

    /** Starts the counts and {@link #getCaptures} anew. */
    void reset();
}
