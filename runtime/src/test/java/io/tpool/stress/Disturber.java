// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.pool.PoolAccess;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.stress.Plan.Disturbance;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** The threads that disturb a stress, until they are told to end. */
final class Disturber {
    private static final int LOOKS = 100;
    private final Stress stress;
    private final Plan plan;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Disturber(Stress stress) {
        this.stress = stress;
        plan = stress.plan;
        if (plan.has(Disturbance.INTERRUPTS) || plan.has(Disturbance.UNPARKS) || plan.has(Disturbance.DUMPS)) {
            add("callers", this::disturbCallers);
        }
        if (plan.has(Disturbance.SHAPES)) {
            add("shapes", this::changeShape);
        }
        if (plan.starts() == Plan.Starts.SOMETIMES) {
            add("starts", this::refuseStarts);
        }
        if (plan.has(Disturbance.STALLS)) {
            add("stalls", random -> stall());
        }
        if (plan.has(Disturbance.OBSERVERS)) {
            add("observer", random -> observe());
        }
    }

    /** What one of the threads does once. */
    private interface Act {
        void once(SplittableRandom random);
    }

    private void add(String name, Act act) {
        SplittableRandom random = new SplittableRandom(plan.seed() * 31 + threads.size());
        threads.add(Thread.ofPlatform().daemon().name("disturber-" + name).unstarted(() -> {
            try {
                while (!over) {
                    act.once(random);
                }
            } catch (Throwable e) {
                stress.findings.add(name + " threw " + e, e);
            }
        }));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        for (Target target : stress.targets) {
            target.refuseStarts(plan.starts() == Plan.Starts.REFUSED);
        }
    }

    private void disturbCallers(SplittableRandom random) {
        StressCaller target = stress.callers[random.nextInt(stress.callers.length)];
        int kind = random.nextInt(64);
        if (kind < 16 && target.disturbed) {
            target.thread.interrupt();
        } else if (kind < 17 && plan.has(Disturbance.DUMPS) && target.thread.isVirtual()) {
            target.thread.getStackTrace();
        } else if (plan.has(Disturbance.UNPARKS)) {
            LockSupport.unpark(target.thread);
        }
        if (random.nextInt(16) == 0) {
            LockSupport.parkNanos(random.nextInt(20_000));
        }
    }

    private void changeShape(SplittableRandom random) {
        Target target = stress.targets[random.nextInt(stress.targets.length)];
        switch (random.nextInt(8)) {
            case 0 -> target.pool.killAll();
            case 1, 2 -> {
                target.pool.resize(1 + random.nextInt(plan.max()));
                target.pool.setMax(target.pool.size() + random.nextInt(3));
            }
            default -> LockSupport.parkNanos(random.nextInt(200_000));
        }
    }

    private void refuseStarts(SplittableRandom random) {
        for (Target target : stress.targets) {
            target.refuseStarts(random.nextBoolean());
        }
        LockSupport.parkNanos(random.nextInt(10_000_000));
    }

    private void stall() {
        for (Target target : stress.targets) {
            PoolAccess.stalled(target.pool);
        }
        Thread.onSpinWait();
    }

    private void observe() {
        for (Target target : stress.targets) {
            for (PoolThread thread : target.pool.liveThreads()) {
                for (int i = 0; i < LOOKS; i++) {
                    observe(thread.current());
                }
            }
        }
    }

    private void observe(PoolTask task) {
        if (task != null) {
            stress.observed += task.description().length();
            task.caller();
            task.begunAt();
            task.ended();
        }
    }
}
