// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import io.tpool.internal.pool.Stalls;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A virtual thread that waits in a queue has its stay there ended once, by whoever comes first. */
public class ThreadMoveTests {
    private static final long PATIENCE_MILLIS = 10_000;

    private static Pool pool(int size, long stackSize, Saturation policy) {
        return new Pool(PoolConfig.of("jcstress", size, size).withKeepAliveNanos(60_000_000_000L)
            .withStackSize(stackSize).withSaturation(policy));
    }

    /**
     * Calls twice in a virtual thread of its own; returns how often the calls ran, or -1 if the thread does not come
     * back.
     */
    private static int calls(Pool pool, Pool next) {
        int[] ran = {0};
        Thread thread = Thread.ofVirtual().start(() -> {
            for (Pool each : new Pool[] {pool, next}) {
                try {
                    Offload.call(each, () -> {
                        LockSupport.parkNanos(1);
                        return ran[0]++;
                    });
                } catch (Exception e) {
                    ran[0] = -2;
                }
            }
        });
        try {
            return thread.join(java.time.Duration.ofMillis(PATIENCE_MILLIS)) ? ran[0] : -1;
        } catch (InterruptedException e) {
            return -1;
        }
    }

    /** Pool threads of two pools, and one who lets go what waits for them. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "each call ran once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the thread never came back, or a call ran twice")
    @State
    public static class ClaimOrLetGo {
        private static final Pool ONE = pool(1, 0, Saturation.INPLACE);
        private static final Pool OTHER = pool(1, 0, Saturation.INPLACE);

        @Actor
        public void caller(I_Result result) {
            result.r1 = calls(ONE, OTHER);
        }

        @Actor
        public void detector() {
            for (int i = 0; i < 20; i++) {
                Stalls.stalled(ONE);
                Stalls.stalled(OTHER);
            }
        }
    }

    /** The system refuses threads: each caller takes its own ticket back and lets all others go. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "each call ran once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a thread never came back, or a call ran twice")
    @State
    public static class TakeBackOrLetGo {
        private static final Pool ONE = pool(1, 1L << 50, Saturation.WAIT);
        private static final Pool OTHER = pool(1, 1L << 50, Saturation.WAIT);

        @Actor
        public void one(II_Result result) {
            result.r1 = calls(ONE, OTHER);
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = calls(ONE, OTHER);
        }
    }
}
