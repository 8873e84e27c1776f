// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.guard.Guard;
import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import java.util.concurrent.RejectedExecutionException;

/**
 * A call that runs on its carrier. Where no guard lends, it runs inside the JDK's own compensation: for its duration
 * the scheduler is lent one more carrier, as long as the scheduler may have more.
 */
final class InPlaceCall {
    private final ListedMethod method;
    private final Outcome outcome;
    private final Object recorded;
    private final long begunAt;
    private final long blocking;

    /**
     * @param method null for a call through the API
     * @param recorded what the recorder gave at the begin of the call, or null
     */
    InPlaceCall(ListedMethod method, Outcome outcome, Object recorded) {
        this.method = method;
        this.outcome = outcome;
        this.recorded = recorded;
        begunAt = recorded == null ? 0 : System.nanoTime();
        blocking = Guard.isLending() ? 0 : VirtualThreads.beginBlocking();
    }

    void end(Throwable thrown) {
        VirtualThreads.endBlocking(blocking);
        if (method != null) {
            method.stayed(recorded, outcome, recorded == null ? 0 : System.nanoTime() - begunAt, thrown != null);
        }
    }

    /** The way a call ends that the pool refuses. */
    static RejectedExecutionException rejected(ListedMethod method, Pool pool, Object recorded) {
        if (method != null) {
            method.stayed(recorded, Outcome.REJECTED, 0, false);
        }
        return new RejectedExecutionException("pool " + pool.name() + " is saturated: " + pool.threadCount()
                + " threads of at most "
                + pool.max() + " are busy" + (method != null ? ", no room for " + method.name() : ""));
    }
}
