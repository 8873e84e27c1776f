// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/**
 * Takes down calls one by one, into a flight recording say. Called on the hot path: it must neither block nor throw.
 *
 * @since 1.0
 */
public interface OffloadRecorder {
    /**
     * A call by a virtual thread begins.
     *
     * @return what {@link #end} takes for this call; null if it is not to be recorded
     */
    Object begin();

    /**
     * A call has ended, on the thread that {@link #begin} was called on.
     *
     * @param begun what {@link #begin} returned, not null
     * @param method for people
     * @param pool name of its pool
     * @param mode how the call was to be kept off the carrier
     * @param outcome what became of it
     * @param queueNanos how long it waited for a pool thread, nanoseconds; 0 if it ran in place
     * @param runNanos how long it ran, nanoseconds
     * @param poolThread name of the pool thread; null if it ran in place
     * @param osThreadId operating system's id of the pool thread, -1 if unknown or in place
     */
    void end(Object begun, String method, String pool, Mode mode, Outcome outcome, long queueNanos, long runNanos,
            String poolThread, long osThreadId);
}
