package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolConfig;
import io.tpool.pool.PoolThread;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The trial that decides, once in a JVM, whether virtual threads can be moved: a throw-away virtual thread makes the trip. It also
 * loads every class that a passage needs, so that none is loaded for the first time half-way through one.
 *
 * @since 1.0
 */
public final class SelfTest {
    private static final long SECONDS = 1;

    private SelfTest() {
    }

    /** Runs when first asked for, and for one caller only. */
    private static final class Verdict {
        static final String PROBLEM = run();
    }

    /**
     * Says why virtual threads cannot be moved here. The first call makes the trial, and takes up to {@value #SECONDS} s.
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
            if (!VirtualThreads.isMovable(thread)) {
                return "virtual threads are bound to platform threads in this JVM";
            }
            VirtualThreads.scheduler(thread, SelfTest::home);
            thread.start();
            if (!trip.over.await(SECONDS, TimeUnit.SECONDS)) {
                return "the trial move of a virtual thread took longer than " + SECONDS + " s";
            }
            return trip.problem;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the trial move of a virtual thread was interrupted";
        } catch (Throwable e) {
            return "the trial move of a virtual thread failed: " + e;
        } finally {
            pool.killAll();
        }
    }

    /**
     * The throw-away thread's scheduler. The default one may have no carrier to spare: the trial is made while a class loads, and
     * that may be on the only carrier, or on the one that all others wait for.
     */
    private static void home(Runnable task) {
        Thread carrier = new Thread(null, task, "tpool-selftest-home", 0, false);
        carrier.setDaemon(true);
        carrier.start();
    }

    private static final class Trip implements Runnable {
        final CountDownLatch over = new CountDownLatch(1);
        private final Pool pool;
        volatile String problem = "the trial move of a virtual thread did not end";

        Trip(Pool pool) {
            this.pool = pool;
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
            Runnable task = VirtualThreads.task(self);
            ListedMethod method = ListedMethod.ofSelfTest(pool);
            Object begun = Passage.begin(pool, method, self);
            boolean moved = begun instanceof Passage && onPoolThread();
            if (begun != null) {
                Offload.end(begun, null);
            }
            if (!moved) {
                return "a virtual thread did not arrive on the pool thread";
            }
            return VirtualThreads.task(self) == task && !onPoolThread() ? null : "a virtual thread did not come home";
        }

        /** A call of its own: see {@link VirtualThreads#carrier}. */
        private static boolean onPoolThread() {
            return VirtualThreads.carrier() instanceof PoolThread;
        }
    }
}
