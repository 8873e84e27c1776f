// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Submitters and the threads of a pool do not miss each other. The pools do not grow, so that no stall detector mends
 * what a lost
 * wake-up breaks.
 */
public class WorkersTests {
    private static Pool of(int size, long keepAliveNanos) {
        return new Pool(PoolConfig.of("jcstress", size, size).withKeepAliveNanos(keepAliveNanos));
    }

    /** The thread sleeps and wakes. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each was carried out once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one waits for ever, or was carried out twice")
    @State
    public static class Sleeping extends Submitters {
        private static final Pool POOL = of(1, 60_000_000_000L);

        @Override
        Pool pool() {
            return POOL;
        }

        @Actor
        public void one() {
            pool().submit(one);
        }

        @Actor
        public void other() {
            pool().submit(other);
        }

        @Arbiter
        public void count(II_Result result) {
            await(result);
        }
    }

    /** Two threads, of which each ends as soon as it finds nothing. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each was carried out once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one waits for ever, or was carried out twice")
    @State
    public static class Ending extends Submitters {
        private static final Pool POOL = of(2, 1);

        @Override
        Pool pool() {
            return POOL;
        }

        @Actor
        public void one() {
            pool().submit(one);
        }

        @Actor
        public void other() {
            pool().resume(other);
        }

        @Arbiter
        public void count(II_Result result) {
            await(result);
        }
    }

    /** The threads are told to end. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each was carried out once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one waits for ever, or was carried out twice")
    @State
    public static class Killed extends Submitters {
        private static final Pool POOL = of(1, 60_000_000_000L);

        @Override
        Pool pool() {
            return POOL;
        }

        @Actor
        public void one() {
            pool().submit(one);
            pool().submit(other);
        }

        @Actor
        public void killer() {
            pool().killAll();
        }

        @Arbiter
        public void count(II_Result result) {
            await(result);
        }
    }

    /** Two tasks and where they go. */
    abstract static class Submitters {
        final Piece one = new Piece();
        final Piece other = new Piece();

        abstract Pool pool();

        final void await(II_Result result) {
            result.r1 = one.await();
            result.r2 = other.await();
        }
    }
}
