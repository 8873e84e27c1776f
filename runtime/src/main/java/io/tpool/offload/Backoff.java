package io.tpool.offload;

import java.util.concurrent.locks.LockSupport;

/** How a pool thread passes the moment in which another thread is expected to finish a step that it has begun. */
final class Backoff {
    private static final int SPINS = 200;
    private static final int YIELDS = 400;
    private static final long PAUSE_NANOS = 50_000;

    private Backoff() {
    }

    /** Spins at first, then lets other threads run, then sleeps: the other's carrier may not be running. */
    static void pause(int looks) {
        if (looks < SPINS) {
            Thread.onSpinWait();
        } else if (looks < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
            Thread.interrupted();
        }
    }
}
