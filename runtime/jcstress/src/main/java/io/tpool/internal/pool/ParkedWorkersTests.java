// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The stack of threads that sleep. */
public class ParkedWorkersTests {
    /** A thread enters, then looks for work; a submitter brings work, then looks for a thread. */
    @JCStressTest
    @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "the thread sleeps, and the work waits")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "one of them has seen the other")
    @State
    public static class EnterThenLook {
        private final ParkedWorkers stack = new ParkedWorkers();
        private volatile boolean work;

        @Actor
        public void thread(ZZ_Result result) {
            stack.enter(null);
            result.r1 = work;
        }

        @Actor
        public void submitter(ZZ_Result result) {
            work = true;
            result.r2 = stack.wake(ParkedWorker.SEARCH);
        }
    }

    /** As the other one, but the submitter asks first whether anybody sleeps. */
    @JCStressTest
    @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "the thread sleeps, and the work waits")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "one of them has seen the other")
    @State
    public static class EnterThenLookWhileAsked {
        private final ParkedWorkers stack = new ParkedWorkers();
        private volatile boolean work;

        @Actor
        public void thread(ZZ_Result result) {
            stack.enter(null);
            result.r1 = work;
        }

        @Actor
        public void submitter(ZZ_Result result) {
            work = true;
            result.r2 = !stack.isEmpty();
        }
    }

    /**
     * A thread enters and leaves, another enters below or above it, and one is woken: what is woken is never what has
     * left.
     */
    @JCStressTest
    @Outcome(id = "2, true", expect = Expect.ACCEPTABLE, desc = "each was woken or has left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is lost, or was woken twice")
    @State
    public static class WakeOrLeave {
        private final ParkedWorkers stack = new ParkedWorkers();
        private boolean left;
        private boolean woken;

        public WakeOrLeave() {
            stack.enter(null);
        }

        @Actor
        public void thread() {
            left = stack.enter(null).leave();
        }

        @Actor
        public void waker() {
            woken = stack.wake(ParkedWorker.SEARCH);
        }

        @Arbiter
        public void count(IZ_Result result) {
            int more = 0;
            while (stack.wake(ParkedWorker.LOOK)) {
                more++;
            }
            result.r1 = more + (woken ? 1 : 0) + (left ? 1 : 0);
            result.r2 = stack.isEmpty();
        }
    }

    /** Two threads enter while two are woken. */
    @JCStressTest
    @Outcome(id = "2, true", expect = Expect.ACCEPTABLE, desc = "each was woken once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is lost, or was woken twice")
    @State
    public static class EnterAndWake {
        private final ParkedWorkers stack = new ParkedWorkers();
        private int first;
        private int second;

        @Actor
        public void one() {
            stack.enter(null);
            first = stack.wake(ParkedWorker.SEARCH) ? 1 : 0;
        }

        @Actor
        public void other() {
            stack.enter(null);
            second = stack.wake(ParkedWorker.SEARCH) ? 1 : 0;
        }

        @Arbiter
        public void count(IZ_Result result) {
            int more = 0;
            while (stack.wake(ParkedWorker.LOOK)) {
                more++;
            }
            result.r1 = first + second + more;
            result.r2 = stack.isEmpty();
        }
    }
}
