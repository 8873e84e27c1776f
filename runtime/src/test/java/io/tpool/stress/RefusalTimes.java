// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.offload.Offload;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Virtual;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes until a saturated pool refuses a call: bursts of 200 callers on a pool of two threads, whose
 * calls take 200 ms.
 * Run with the number of bursts, 20 unless given. Prints the figures of each policy that refuses, in microseconds.
 */
public final class RefusalTimes {
    private static final int SIZE = 2;
    private static final int BURST = 200;
    private static final long CALL_NANOS = 200_000_000;

    private RefusalTimes() {
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        int bursts = args.length == 0 ? 20 : Integer.parseInt(args[0]);
        for (Saturation policy : List.of(Saturation.REJECT, Saturation.INPLACE)) {
            burst(policy, bursts / 4 + 1);   // the first calls load classes
            long[] nanos = burst(policy, bursts);
            Arrays.sort(nanos);
            System.out.printf("policy=%s refusals=%d p50=%.0f p99=%.0f max=%.0f us%n", policy, nanos.length,
                    at(nanos, 0.5), at(nanos, 0.99), at(nanos, 1));
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * share) - 1] / 1e3;
    }

    private static long[] burst(Saturation policy, int bursts) throws InterruptedException {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < bursts; i++) {
            Pool pool = new Pool(PoolConfig.of("refusal", SIZE, SIZE).withKeepAliveNanos(60_000_000_000L)
                .withSaturation(policy));
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < BURST; caller++) {
                callers.add(Thread.ofVirtual().start(() -> call(pool, nanos)));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            pool.retire();
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }

    private static void call(Pool pool, ConcurrentLinkedQueue<Long> nanos) {
        long begun = System.nanoTime();
        try {
            Offload.call(pool, () -> {
                if (Virtual.where().startsWith("tpool-")) {
                    // or it would give its place to others
                    Virtual.belowNativeFrame(() -> LockSupport.parkNanos(CALL_NANOS));
                } else {
                    nanos.add(System.nanoTime() - begun);
                }
                return null;
            });
        } catch (RejectedExecutionException e) {
            nanos.add(System.nanoTime() - begun);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
