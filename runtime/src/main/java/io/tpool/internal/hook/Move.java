// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.hook;

import io.tpool.internal.offload.Offload;

/**
 * What a woven method calls in mode {@code tpool}: the virtual thread moves to a pool thread before the body and goes
 * home after it.
 *
 * @since 1.0
 */
public final class Move {
    private Move() {
    }

    /**
     * Moves the calling virtual thread to the pool of the listed method.
     *
     * @param method number of the listed method, from {@link io.tpool.internal.offload.ListedMethods#register}
     * @return what {@link #exit} takes at the end of the body; null where the call runs in place
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    public static Object enter(int method) {
        Thread thread = Thread.currentThread();
        return thread.isVirtual() ? Offload.begin(method, thread) : null;
    }

    /**
     * Ends what {@link #enter} began.
     *
     * @param move what {@link #enter} returned, or null
     * @param thrown what the body threw, null if it returned
     */
    public static void exit(Object move, Throwable thrown) {
        if (move != null) {
            Offload.end(move, thrown);
        }
    }
}
