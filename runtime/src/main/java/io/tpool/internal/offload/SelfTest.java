// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The trial that decides, once in a JVM, whether virtual threads can be moved: a throw-away virtual thread makes the
 * trip, twice. The first time loads every class that a move needs, so that none is loaded for the first time half-way
 * through one, and takes as long as a busy machine makes it; the second time tells.
 *
 * @since 1.0
 */
public final class SelfTest {
    private static final long LIMIT_NANOS = 1_000_000_000;
    private static final long PATIENCE_NANOS = 10 * LIMIT_NANOS;

    private SelfTest() {
    }

    /** Runs when first asked for, and for one caller only. */
    private static final class Verdict {
        static final String PROBLEM = run();
    }

    /**
     * Says why virtual threads cannot be moved here. The first call makes the trial, which takes milliseconds, or ten
     * seconds where a thread gets lost.
     *
     * @return one line without a full stop, or null if they can
     */
    public static String problem() {
        return Verdict.PROBLEM;
    }

    private static String run() {
        if (VirtualThreads.problem() != null) {
            return VirtualThreads.problem();
        }
        Pool pool = new Pool(PoolConfig.of("selftest", 1));
        Trip trip = new Trip(pool);
        try {
            Thread thread = Thread.ofVirtual().name("tpool-selftest").unstarted(trip);
            VirtualThreads.scheduler(thread, trip);
            thread.start();
            return trip.awaitEnd() ? trip.problem : "the trial move of a virtual thread did not end";
        } catch (Throwable e) {
            return "the trial move of a virtual thread failed: " + e;
        } finally {
            pool.killAll();
        }
    }

    private static final class Home extends Thread {
        private final Runnable task;
        private final AtomicInteger carried;

        Home(Runnable task, AtomicInteger carried) {
            super(null, null, "tpool-selftest-home", 0, false);
            this.task = task;
            this.carried = carried;
        }

        @Override
        public void run() {
            carried.incrementAndGet();
            task.run();
        }
    }

    /**
     * The throw-away thread's body, and its scheduler. The default one may have no carrier to spare: the trial is made
     * while a class loads, and that may be on the only carrier, or on the one that all others wait for.
     */
    private static final class Trip implements Runnable, Executor {
        private final Pool pool;
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicInteger carriedHome = new AtomicInteger();
        volatile String problem;

        Trip(Pool pool) {
            this.pool = pool;
        }

        /** An interrupt of the thread that happens to ask first decides nothing. */
        boolean awaitEnd() {
            long begun = System.nanoTime();
            boolean interrupted = false;
            try {
                for (;;) {
                    try {
                        return over.await(PATIENCE_NANOS - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void execute(Runnable task) {
            Thread carrier = new Home(task, carriedHome);
            carrier.setDaemon(true);
            carrier.start();
        }

        @Override
        public void run() {
            try {
                problem = move();
            } catch (Throwable e) {
                problem = "the trial move of a virtual thread failed: " + e;
            } finally {
                over.countDown();
            }
        }

        private String move() {
            Thread self = Thread.currentThread();
            if (!VirtualThreads.unmounts(self)) {
                return "a virtual thread did not unmount";
            }
            String found = moveOnce(self);
            if (found != null) {
                return found;
            }
            long begun = System.nanoTime();
            found = moveOnce(self);
            return found == null && System.nanoTime() - begun > LIMIT_NANOS
                    ? "the trial move of a virtual thread took longer than a second" : found;
        }

        private String moveOnce(Thread self) {
            Executor home = VirtualThreads.scheduler(self);
            Object begun = ThreadMove.begin(pool, ListedMethod.ofSelfTest(pool), self);
            boolean arrived = begun instanceof ThreadMove && pool.activeCount() == 1;
            int before = carriedHome.get();
            if (begun != null) {
                Offload.end(begun, null);
            }
            if (!arrived) {
                return "a virtual thread did not arrive on the pool thread";
            }
            boolean isHome = VirtualThreads.scheduler(self) == home && carriedHome.get() == before + 1;
            return isHome ? null : "a virtual thread did not come home";
        }
    }
}
