// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Virtual;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** A thread that makes one call after the other and checks what becomes of each. */
final class StressCaller implements Runnable {
    private static final long[] LIMITS = {1_000, 100_000, 3_600_000_000_000L};

    final Stress stress;
    final Thread thread;
    /** Whether others interrupt it at any time. */
    final boolean disturbed;
    /** The calls made; by its thread alone, for those who watch progress. */
    volatile long made;
    private final SplittableRandom random;
    private final Way[] ways;
    private final long most;
    private Executor home;

    StressCaller(Stress stress, int number, long most) {
        this.stress = stress;
        this.most = most;
        Plan plan = stress.plan;
        random = new SplittableRandom(plan.seed() * 1_000_003 + number);
        disturbed = number % 2 == 1 && plan.has(Plan.Disturbance.INTERRUPTS);
        ways = plan.ways().toArray(Way[]::new);
        Thread.Builder builder = number % 8 == 7 && !plan.plain() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        thread = builder.name("caller" + number).unstarted(this);
    }

    String name() {
        return thread.getName();
    }

    /** True if calls of that way do not leave this thread, as it is no virtual one. */
    boolean isTooHumble(Way way) {
        return !thread.isVirtual() && (way == Way.TPOOL || way == Way.HANDOFF);
    }

    @Override
    public void run() {
        try {
            home = home();
            while (made < most && !stress.isOver()) {
                call(stress.plan.depth() == 0 ? 0 : random.nextInt(stress.plan.depth()), 1, 2);
                made++;
            }
        } catch (Throwable e) {
            stress.findings.add(name() + " threw " + e, e);
        }
    }

    private Executor home() {
        return thread.isVirtual() && VirtualThreads.problem() == null ? VirtualThreads.scheduler(thread) : null;
    }

    /** Calls from so many frames down; the numbers make the frames larger. */
    private long call(int frames, long a, long b) {
        if (frames > 0) {
            return call(frames - 1, a + b, a) + b;
        }
        Call call = next(null);
        if (call.interrupted) {
            thread.interrupt();
        }
        make(call);
        checkHome(call);
        Thread.interrupted();
        return a;
    }

    private Call next(Call outer) {
        Target target = stress.targets[random.nextInt(stress.targets.length)];
        Way way = ways[random.nextInt(ways.length)];
        int kind = random.nextInt(64);
        Step step = Step.NOTHING;
        if (outer == null && !stress.plan.plain() && kind < 16) {
            step = Step.of(random.nextInt(1 << 20), way.moves() && thread.isVirtual());
        }
        if (way == Way.POST && (step == Step.THROW || step == Step.NESTED)) {
            step = Step.YIELD;
        }
        boolean interrupted = outer == null && stress.plan.has(Plan.Disturbance.INTERRUPTS) && random.nextInt(8) == 0;
        return new Call(this, target, way, step, interrupted, LIMITS[random.nextInt(LIMITS.length)], outer);
    }

    /** Makes a further call in the body of one; it is not its business to disturb the status of the caller. */
    void callInside(Call outer) {
        Call call = new Call(this, stress.targets[stress.targets.length - 1], Way.API, Step.NOTHING, false, 0, outer);
        try {
            if (call.way.make(call) != call) {
                call.wrong("returned another's value");
            }
            call.checkRanOnce();
        } catch (RejectedExecutionException e) {
            checkRefusal(call, e);
        } catch (Throwable e) {
            call.wrong("threw " + e);
        }
    }

    private void make(Call call) {
        boolean restored = false;
        try {
            if (call.way == Way.POST) {
                stress.posted.increment();
            }
            Object value = call.way.make(call);
            if (value != call) {
                call.wrong("returned another's value: " + value);
            }
            ended(call, call.step == Step.THROW);
        } catch (Call.Planned planned) {
            ended(call, planned.call != call || call.step != Step.THROW);
        } catch (RejectedExecutionException e) {
            restored = true;
            checkRefusal(call, e);
        } catch (TimeoutException e) {
            restored = true;
            stress.timedOut.increment();
            if (e.getMessage().contains("dropped")) {
                call.checkNeverRuns();
            }
        } catch (Throwable e) {
            stress.findings.add(call + " threw " + e, e);
        }
        checkInterrupt(call, call.interrupted && (restored || !call.tookInterrupt));
    }

    private void ended(Call call, boolean otherwise) {
        if (otherwise) {
            call.wrong("did not end as its body did");
        }
        if (call.way != Way.POST) {
            call.checkRanOnce();
            (call.ranInPool() ? stress.inPool : stress.inPlace).increment();
        }
    }

    private void checkRefusal(Call call, RejectedExecutionException e) {
        stress.refused.increment();
        if (stress.plan.policy() != Saturation.REJECT) {
            call.wrong("was refused: " + e);
        }
        call.checkNeverRuns();
        if (call.way == Way.POST) {
            stress.posted.decrement();
        }
    }

    /** What others do to a disturbed thread can only add to what is expected. */
    private void checkInterrupt(Call call, boolean expected) {
        if (call.way == Way.POST) {
            return;
        }
        boolean seen = thread.isInterrupted();
        if (seen != expected && (expected || !disturbed)) {
            call.wrong(seen ? "an interrupt came back that nobody sent" : "an interrupt was lost");
        }
    }

    private void checkHome(Call call) {
        if (Thread.currentThread() != thread) {
            call.wrong("returned to another thread");
        }
        if (home != null && home() != home) {
            call.wrong("its caller has another scheduler afterwards");
        }
        if (!stress.plan.has(Plan.Disturbance.DUMPS) && Virtual.where().startsWith("tpool-")) {
            call.wrong("its caller is on a pool thread afterwards: " + Virtual.where());
        }
    }
}
