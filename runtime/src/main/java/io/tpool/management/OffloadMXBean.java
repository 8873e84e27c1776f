// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

import java.util.Map;

/**
 * What is offloaded, as {@code io.tpool:type=Offload}.
 *
 * @since 1.0
 */
public interface OffloadMXBean {
    /**
     * Whether woven methods are offloaded.
     *
     * @return false while every call passes straight through
     */
    boolean isEnabled();

    /**
     * Switches offloading on or off, from the next call on.
     *
     * @param enabled false to let every call pass straight through
     */
    void setEnabled(boolean enabled);

    /**
     * The woven methods and their figures.
     *
     * @return by the name of the method
     */
    Map<String, MethodRow> getMethods();

    /**
     * Those of {@link #getMethods} that virtual threads have called or are calling: for tools that keep a series for
     * each figure.
     *
     * @return by the name of the method
     */
    Map<String, MethodRow> getCalledMethods();

    /**
     * Calls that ran on a pool thread, of all methods.
     *
     * @return 0 or more
     */
    long getOffloadedCount();

    /**
     * Calls by virtual threads that ran on their carrier by choice, of all methods.
     *
     * @return 0 or more
     */
    long getInPlaceCount();

    /**
     * Calls that could not leave the carrier, of all methods.
     *
     * @return 0 or more
     */
    long getPinnedCount();

    /**
     * Calls that ended with an exception, of all methods.
     *
     * @return 0 or more
     */
    long getFailedCount();

    /** Starts all figures of the methods anew. A call in flight is counted, whole, where it ends. */
    void reset();
}
