// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A slot is filled once: by somebody who wakes its thread, or by the thread when it leaves. */
public class ParkedWorkerTests {
    /** One who wakes and the thread, which leaves. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "one of them filled it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or nobody")
    @State
    public static class GiveOrLeave {
        private final ParkedWorker worker = new ParkedWorker(null);

        @Actor
        public void waker(ZZ_Result result) {
            result.r1 = worker.give(ParkedWorker.SEARCH);
        }

        @Actor
        public void thread(ZZ_Result result) {
            result.r2 = worker.leave();
        }
    }

    /** Two who wake. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "one of them filled it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or nobody")
    @State
    public static class GiveOrGive {
        private final ParkedWorker worker = new ParkedWorker(null);

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = worker.give(ParkedWorker.SEARCH);
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = worker.give(ParkedWorker.LOOK);
        }
    }

    /** One who wakes, and the thread, whose time is over. */
    @JCStressTest
    @Outcome(id = {"true, true", "false, false"}, expect = Expect.ACCEPTABLE, desc = "the thread knows what was given")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the thread and the other think differently")
    @State
    public static class GiveOrAwait {
        private final ParkedWorker worker = new ParkedWorker(null);

        @Actor
        public void waker(ZZ_Result result) {
            result.r1 = worker.give(ParkedWorker.SEARCH);
        }

        @Actor
        public void thread(ZZ_Result result) {
            result.r2 = worker.await(1) == ParkedWorker.SEARCH;
        }
    }
}
