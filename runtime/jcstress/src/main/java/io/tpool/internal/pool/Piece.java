// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/** A task that tells how often it was carried out. */
final class Piece extends PoolTask {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    volatile int carried;

    @Override
    protected void carry(PoolThread thread) {
        carried++;
    }

    /** Waits until it has been carried out; returns how often. */
    int await() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (carried == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return carried;
    }

    @Override
    protected boolean release(Saturation how) {
        return false;
    }

    @Override
    public long begunAt() {
        return 0;
    }

    @Override
    public String description() {
        return "piece";
    }
}
