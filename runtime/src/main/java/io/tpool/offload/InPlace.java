package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import java.util.concurrent.RejectedExecutionException;

/**
 * A call that runs on its carrier, inside the JDK's own compensation: for its duration the scheduler is lent one more carrier.
 */
final class InPlace {
    private final ListedMethod method;
    private final long blocking;

    private InPlace(ListedMethod method) {
        this.method = method;
        this.blocking = VirtualThreads.beginBlocking();
    }

    static InPlace pinned(ListedMethod method) {
        if (method != null) {
            method.counts().pinned.increment();
        }
        return new InPlace(method);
    }

    static InPlace released(ListedMethod method) {
        if (method != null) {
            method.counts().inPlace.increment();
        }
        return new InPlace(method);
    }

    /** The way a call ends that the pool rejects. */
    static Object rejected(ListedMethod method, Pool pool) {
        if (method != null) {
            method.counts().failed.increment();
        }
        throw new RejectedExecutionException("pool " + pool.name() + " is saturated: " + pool.threadCount() + " threads of at most "
                + pool.max() + " are busy" + (method != null ? ", no room for " + method.name() : ""));
    }

    void end(Throwable thrown) {
        VirtualThreads.endBlocking(blocking);
        if (thrown != null && method != null) {
            method.counts().failed.increment();
        }
    }
}
