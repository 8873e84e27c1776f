// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Who has the detector look after a pool, and the detector, which lets pools go that are empty. */
public class StallDetectorTests {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Two attend the same pool: the detector has it once, and lets it go. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the detector has looked and let it go")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the detector never came, or does not come to an end")
    @State
    public static class AttendTwice {
        private static final Pool POOL = new Pool(PoolConfig.of("jcstress", 1));

        @Actor
        public void one() {
            StallDetector.attend(POOL.watched());
        }

        @Actor
        public void other() {
            StallDetector.attend(POOL.watched());
        }

        @Arbiter
        public void look(Z_Result result) {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (POOL.watched().get() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            result.r1 = !POOL.watched().get();
        }
    }

    /** Two pools come at once. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the detector has looked and let both go")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the detector never came, or does not come to an end")
    @State
    public static class AttendTwo {
        private final Pool one = new Pool(PoolConfig.of("jcstress", 1));
        private final Pool other = new Pool(PoolConfig.of("jcstress", 1));

        @Actor
        public void one() {
            StallDetector.attend(one.watched());
        }

        @Actor
        public void other() {
            StallDetector.attend(other.watched());
        }

        @Arbiter
        public void look(Z_Result result) {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while ((one.watched().get() || other.watched().get()) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            result.r1 = !one.watched().get() && !other.watched().get();
        }
    }
}
