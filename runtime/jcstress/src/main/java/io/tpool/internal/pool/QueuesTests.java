// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A task in a queue belongs to whoever takes it out. */
public class QueuesTests {
    /** Two poll what was added. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody has it, or two, or the depth is wrong")
    @State
    public static class PollOrPoll {
        private final Queues queues = new Queues();
        private final PoolTask task = new Piece();
        private int one;
        private int other;

        public PollOrPoll() {
            queues.add(queues.waiting(), task);
        }

        @Actor
        public void thread() {
            one = queues.poll() == task ? 1 : 0;
        }

        @Actor
        public void otherThread() {
            other = queues.poll() == task ? 1 : 0;
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = one + other;
            result.r2 = queues.depth();
        }
    }

    /** One adds, another polls. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "it is there, or was polled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is lost, or there twice, or the depth is wrong")
    @State
    public static class AddAndPoll {
        private final Queues queues = new Queues();
        private final PoolTask task = new Piece();
        private int polled;

        @Actor
        public void submitter() {
            queues.add(queues.waiting(), task);
        }

        @Actor
        public void thread() {
            polled = queues.poll() == task ? 1 : 0;
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = polled + (queues.poll() == task ? 1 : 0);
            result.r2 = queues.depth();
        }
    }

    /** One polls what another takes back. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "one has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody has it, or two, or the depth is wrong")
    @State
    public static class PollOrRemove {
        private final Queues queues = new Queues();
        private final PoolTask task = new Piece();
        private int polled;
        private int removed;

        public PollOrRemove() {
            queues.add(queues.returning(), task);
        }

        @Actor
        public void thread() {
            polled = queues.poll() == task ? 1 : 0;
        }

        @Actor
        public void submitter() {
            removed = queues.remove(queues.returning(), task) ? 1 : 0;
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = polled + removed;
            result.r2 = queues.depth();
        }
    }

    /**
     * A submitter queues, then looks whether anybody searches; a searcher ends its search, then looks at the queues.
     */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "each relies on the other")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "one of them has seen the other")
    @State
    public static class QueueOrSearch {
        private final Queues queues = new Queues();
        private final AtomicBoolean searching = new AtomicBoolean(true);
        private final PoolTask task = new Piece();

        @Actor
        public void submitter(ZZ_Result result) {
            queues.add(queues.waiting(), task);
            result.r1 = searching.get();
        }

        @Actor
        public void searcher(ZZ_Result result) {
            searching.set(false);
            result.r2 = queues.isEmpty();
        }
    }
}
