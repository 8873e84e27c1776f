// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import io.tpool.faults.Scenario.Trial;
import io.tpool.internal.offload.Offload;
import io.tpool.internal.offload.SelfTest;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolAccess;
import io.tpool.stress.LostThread;
import io.tpool.testing.DumpOnTimeout;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Throws an error at one site after the other while calls are under way, and checks each time that every call ends
 * and the pool goes on.
 * Runs beside {@link FaultAgent}, with the number of the first trial. Ends at the first trial that fails, since what
 * is broken
 * then may break the next: its exit status is 3, and the last line tells where to go on.
 */
public final class FaultRun {
    private static final int PATIENCE_SECONDS = 10;
    private static final int FAILED = 3;
    /** Whether errors are thrown also where they cannot come from: to find out how much room there is. */
    private static final boolean EVERYWHERE = System.getProperty("tpool.faults", "").equals("everywhere");

    private FaultRun() {
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        if (SelfTest.problem() != null) {
            throw new IllegalStateException(SelfTest.problem());
        }
        for (Scenario scenario : Scenario.values()) {
            String wrong = run(scenario, null, null);   // loads what it needs
            if (wrong != null && !wrong.isEmpty()) {
                System.out.println("FAILED without a fault " + scenario + ": " + wrong);
                System.exit(1);
            }
        }
        List<Site> sites = FaultAgent.sites();
        int kinds = Kind.values().length;
        int trials = sites.size() * Scenario.values().length * kinds;
        int fired = 0;
        for (int i = Integer.parseInt(args[0]); i < trials; i++) {
            Scenario scenario = Scenario.values()[i / kinds / sites.size()];
            Site site = sites.get(i / kinds % sites.size());
            Kind kind = Kind.values()[i % kinds];
            if (!EVERYWHERE && !kind.isPossible(site)) {
                continue;
            }
            String wrong = run(scenario, site, kind);
            fired += wrong == null ? 0 : 1;
            if (wrong != null && !wrong.isEmpty()) {
                System.out.println("FAILED " + scenario + ", " + kind + " at " + site + ": " + wrong);
                System.out.println("fired=" + fired + " next=" + (i + 1));
                System.exit(FAILED);
            }
        }
        System.out.println("fired=" + fired + " trials=" + trials);
        System.exit(0);
    }

    /** What is thrown. */
    private enum Kind {
        /** Where memory is needed, in any thread. */
        OUT_OF_MEMORY {
            @Override
            boolean isPossible(Site site) {
                return site.allocates();
            }

            @Override
            Error fault() {
                return new OutOfMemoryError("on purpose");
            }
        },
        /** Anywhere on the stack of an application's thread; carriers and pool threads are never deep in theirs. */
        STACK_OVERFLOW {
            @Override
            boolean isPossible(Site site) {
                return true;
            }

            @Override
            Error fault() {
                return new StackOverflowError("on purpose");
            }
        },
        /** As if a pool thread were stopped, before it has a task or after it. */
        STOP {
            @Override
            boolean isPossible(Site site) {
                return site.method().startsWith("PoolThread.") && !site.before().startsWith("PoolTask.")
                        && !site.method().endsWith("<init>");
            }

            @Override
            Error fault() {
                return new Error("on purpose");
            }
        };

        abstract boolean isPossible(Site site);

        abstract Error fault();
    }

    /** Null if no thread came by, empty if all was well, else what was not. */
    private static String run(Scenario scenario, Site site, Kind kind) throws InterruptedException {
        Trial trial = scenario.begin();
        Error fault = kind == null ? null : kind.fault();
        if (site != null) {
            Faults.arm(site.number(), fault, kind == Kind.STACK_OVERFLOW && !EVERYWHERE);
        }
        scenario.run(trial);
        if (trial.occupied != null) {
            trial.occupied.free();
        }
        trial.awaitEnd(PATIENCE_SECONDS);
        String thread = Faults.disarm();
        if (thread == null && site != null) {
            trial.close();
            return null;
        }
        String wrong = wrong(trial, fault);
        trial.close();
        if (wrong.isEmpty()) {
            wrong = closed(trial.pool);
        }
        return wrong.isEmpty() ? "" : "in " + thread + ": " + wrong;
    }

    private static String wrong(Trial trial, Error fault) throws InterruptedException {
        for (Guinea guinea : trial.guineas) {
            String problem = guinea.problem(fault);
            if (problem != null) {
                return problem + "; " + (guinea.thread.isAlive() ? LostThread.describe(guinea.thread) + "; " : "")
                        + state(trial.pool);
            }
        }
        PoolAccess.refuseThreads(trial.pool, false);
        if (!becomes(PATIENCE_SECONDS, () -> runsOnPoolThread(trial.pool))) {
            System.out.println(DumpOnTimeout.threads());
            return "no further call gets a pool thread; " + state(trial.pool);
        }
        return "";
    }

    private static boolean runsOnPoolThread(Pool pool) {
        Guinea fresh = Guinea.virtual(body -> Offload.call(pool, body)).start();
        try {
            becomes(PATIENCE_SECONDS, () -> !fresh.thread.isAlive());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return fresh.ranOnPoolThread();
    }

    private static String closed(Pool pool) throws InterruptedException {
        boolean empty = becomes(PATIENCE_SECONDS, () -> pool.threadCount() == 0 && pool.liveThreads().isEmpty()
                && pool.queueDepth() == 0 && !PoolAccess.hasWaiting(pool) && pool.activeCount() == 0
                && PoolAccess.placesTaken(pool) == 0);
        return empty ? "" : "the retired pool is not empty: " + state(pool);
    }

    private static String state(Pool pool) {
        return "threads=" + pool.threadCount() + " live=" + pool.liveThreads().size() + " active="
                + pool.activeCount() + " queue="
                + pool.queueDepth() + " waiting=" + PoolAccess.hasWaiting(pool) + " places="
                + PoolAccess.placesTaken(pool) + " thrown=" + pool.thrownCount() + " failedStarts="
                + pool.failedStartCount();
    }

    static boolean becomes(int seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int looks = 0; !condition.getAsBoolean(); looks++) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            if (looks < 100) {
                Thread.yield();
            } else {
                Thread.sleep(1);
            }
        }
        return true;
    }
}
