// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.pool.PoolThread;
import io.tpool.testing.Virtual;
import java.util.concurrent.atomic.AtomicInteger;

/** One call: its body checks that it runs once, on the right pool or in place, and with the right interrupt status. */
final class Call {
    /** What a body throws on purpose. */
    static final class Planned extends Exception {
        final transient Call call;

        Planned(Call call) {
            super("planned", null, false, false);
            this.call = call;
        }
    }

    private static final int FORBIDDEN = 1 << 20;

    final StressCaller caller;
    final Target target;
    final Way way;
    final Step step;
    /** Whether the caller is interrupted when it calls. */
    final boolean interrupted;
    final long limitNanos;
    /** Whether the body took the interrupt. */
    volatile boolean tookInterrupt;
    private final AtomicInteger runs = new AtomicInteger();
    private final Stress stress;
    /** The call in whose body this one is made, or null. */
    private final Call outer;
    private volatile String place = "";

    Call(StressCaller caller, Target target, Way way, Step step, boolean interrupted, long limitNanos, Call outer) {
        this.caller = caller;
        this.target = target;
        this.way = way;
        this.step = step;
        this.interrupted = interrupted;
        this.limitNanos = limitNanos;
        this.outer = outer;
        stress = caller.stress;
    }

    Object body() throws Exception {
        if (runs.getAndIncrement() != 0) {
            wrong(runs.get() > FORBIDDEN ? "runs although its caller was told that it does not" : "runs twice");
        }
        place = Virtual.where();
        checkPlace("at the begin");
        checkInterrupt();
        if (step != Step.NOTHING) {
            step.run(this);
            place = Virtual.where();
            checkPlace("after " + step);
        }
        if (step == Step.THROW) {
            throw new Planned(this);
        }
        return this;
    }

    /** The body, for those who cannot be given a method of another's. */
    Object checkedBody() throws Exception {
        return body();
    }

    void posted() {
        try {
            body();
        } catch (Exception e) {
            wrong("threw " + e);
        } finally {
            stress.postedRan.increment();
        }
    }

    private void checkPlace(String when) {
        if (isOn(target)) {
            return;
        }
        if (place.startsWith("tpool-")) {
            if (outer == null || !outer.isOn(outer.target) || !place.startsWith(outer.target.threads)) {
                wrong("on the thread of another pool " + when + ": " + place);
            }
        } else if (outer == null && !stress.plan.mayStay(target) && !caller.isTooHumble(way)) {
            wrong("in place " + when + ": " + place);
        }
    }

    private boolean isOn(Target pool) {
        return place.startsWith(pool.threads);
    }

    private void checkInterrupt() {
        boolean seen = Thread.currentThread().isInterrupted();
        if (outer != null || way == Way.POST && !(Thread.currentThread() instanceof PoolThread)) {
            return;
        }
        if (way == Way.POST) {
            if (seen) {
                wrong("an interrupt of another's call is there");
            }
        } else if (seen != interrupted && (interrupted || !caller.disturbed)) {
            wrong(seen ? "an interrupt hit the call of a caller who was not interrupted"
                    : "an interrupt did not reach the call");
        }
    }

    /** By the caller, who has got a value or an exception of the body. */
    void checkRanOnce() {
        if (runs.get() != 1) {
            wrong("ran " + runs + " times when it was over");
        }
    }

    /** By the caller, who has been told that it will not run. */
    void checkNeverRuns() {
        if (runs.getAndAdd(FORBIDDEN) != 0) {
            wrong("ran although its caller was told that it does not");
        }
    }

    boolean ranInPool() {
        return isOn(target);
    }

    void wrong(String what) {
        stress.findings.add(this + " " + what);
    }

    @Override
    public String toString() {
        return caller.name() + ": " + way + " on " + target.pool.name() + (outer == null ? "" : " inside " + outer)
                + ":";
    }
}
