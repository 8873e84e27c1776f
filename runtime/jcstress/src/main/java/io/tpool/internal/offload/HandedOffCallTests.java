// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import io.tpool.internal.pool.Stalls;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** What becomes of a call that is handed off: one of the pool thread, the pool, the caller's time limit decides. */
public class HandedOffCallTests {
    private static final int RETURNED = 0;
    private static final int DROPPED = 1;
    private static final int LEFT = 2;
    private static final int REFUSED = 3;
    private static final int WRONG = 9;

    /** A caller with a very short time, and one who interrupts the caller and lets waiting calls go. */
    @JCStressTest
    @Outcome(id = {"0, 1, 0", "2, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "it ran")
    @Outcome(id = {"1, 0, 0", "3, 0, 0"}, expect = Expect.ACCEPTABLE, desc = "it did not run, and its caller knows")
    @Outcome(expect = Expect.FORBIDDEN, desc =
            "its caller was told otherwise, or an interrupt was lost or came from nowhere")
    @State
    public static class Limited {
        private static final long LIMIT_NANOS = 20_000;
        private static final long PATIENCE_NANOS = 5_000_000_000L;
        private static final Pool POOL = new Pool(PoolConfig.of("jcstress", 1, 1)
            .withKeepAliveNanos(60_000_000_000L).withSaturation(Saturation.REJECT));

        private Thread caller;
        private boolean ended;
        private boolean sent;
        private boolean seen;
        private int became;
        private volatile int ran;

        @Actor
        public void caller() {
            synchronized (this) {
                caller = Thread.currentThread();
            }
            became = call();
            synchronized (this) {
                ended = true;
                seen = Thread.interrupted();
            }
        }

        private int call() {
            try {
                return Offload.call(POOL, () -> ++ran, LIMIT_NANOS) == 1 ? RETURNED : WRONG;
            } catch (TimeoutException e) {
                return e.getMessage().contains("dropped") ? DROPPED : LEFT;
            } catch (RejectedExecutionException e) {
                return REFUSED;
            } catch (Exception e) {
                return WRONG;
            }
        }

        @Actor
        public void disturber() {
            synchronized (this) {
                if (caller != null && !ended) {
                    caller.interrupt();
                    sent = true;
                }
            }
            Stalls.stalled(POOL);
        }

        @Arbiter
        public void look(III_Result result) {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (became == LEFT && ran == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            result.r1 = became;
            result.r2 = ran;
            result.r3 = sent == seen ? 0 : 1;
        }
    }
}
