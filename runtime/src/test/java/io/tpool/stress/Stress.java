// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.pool.PoolAccess;
import io.tpool.stress.Plan.Starts;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Calls pools as a {@link Plan} says and checks that each call runs once, in its pool or in place, that its caller
 * comes back, home
 * and with the interrupt status that it should have, and that the pools are empty and idle afterwards. Run with the
 * words of a plan,
 * and {@code calls=N}, {@code seconds=N} or both. Prints one line, and before it what was wrong; exits with 1 if
 * anything was.
 */
public final class Stress {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SHOWN = 5;

    final Plan plan;
    final Findings findings = new Findings();
    final Guarded guarded = new Guarded();
    final Target[] targets;
    final StressCaller[] callers;
    final LongAdder inPool = new LongAdder();
    final LongAdder inPlace = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder posted = new LongAdder();
    final LongAdder postedRan = new LongAdder();
    /** Letters of descriptions, so that they are made; by one thread. */
    long observed;
    private volatile boolean over;
    private double seconds;

    Stress(Plan plan, long calls) {
        this.plan = plan;
        targets = new Target[plan.pools()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = new Target(plan, i == 0 && targets.length > 1);
        }
        callers = new StressCaller[plan.callers()];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new StressCaller(this, i, calls / callers.length + 1);
        }
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        long calls = Long.MAX_VALUE;
        double limit = Double.MAX_VALUE;
        for (String arg : args) {
            calls = arg.startsWith("calls=") ? Long.parseLong(arg.substring("calls=".length())) : calls;
            limit = arg.startsWith("seconds=") ? Double.parseDouble(arg.substring("seconds=".length())) : limit;
        }
        Stress stress = new Stress(Plan.parse(args), calls);
        stress.run(limit);
        System.out.println(stress);
        System.exit(stress.findings.number() == 0 ? 0 : 1);
    }

    boolean isOver() {
        return over;
    }

    long made() {
        return Arrays.stream(callers).mapToLong(caller -> caller.made).sum();
    }

    /** Runs until all calls are made, or for so long. */
    void run(double limitSeconds) throws InterruptedException {
        Disturber disturber = new Disturber(this);
        long begun = System.nanoTime();
        Arrays.stream(callers).forEach(caller -> caller.thread.start());
        disturber.start();
        awaitCalls(begun, limitSeconds);
        over = true;
        disturber.end();
        seconds = (System.nanoTime() - begun) / 1e9;
        checkAllCameBack();
        checkPoolsAreIdle();
        for (Target target : targets) {
            target.close();
        }
        checkThreadsEnd();
    }

    private void awaitCalls(long begun, double limitSeconds) throws InterruptedException {
        long progress = System.nanoTime();
        long before = -1;
        while (isAnyAlive() && System.nanoTime() - begun < limitSeconds * 1e9) {
            long now = made();
            if (now != before) {
                before = now;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                findings.add("no call ended for " + PATIENCE.toSeconds() + " s");
                return;
            }
            Thread.sleep(20);
        }
    }

    private boolean isAnyAlive() {
        return Arrays.stream(callers).anyMatch(caller -> caller.thread.isAlive());
    }

    private void checkAllCameBack() throws InterruptedException {
        if (!becomes(() -> !isAnyAlive())) {
            StringBuilder lost = new StringBuilder();
            int number = 0;
            for (StressCaller caller : callers) {
                if (caller.thread.isAlive() && number++ < SHOWN) {
                    lost.append("\n  ").append(LostThread.describe(caller.thread));
                }
            }
            findings.add(number + " callers never came back: " + lost + "\n  " + Arrays.toString(targets));
        }
    }

    private void checkPoolsAreIdle() throws InterruptedException {
        expect(() -> posted.sum() == postedRan.sum(), () -> "posted tasks have not all run");
        for (Target target : targets) {
            expect(() -> !PoolAccess.hasWaiting(target.pool) && target.pool.queueDepth() == 0, () ->
                    "a queue is not empty: " + target);
            expect(() -> target.pool.activeCount() == 0, () -> "a thread is busy: " + target);
            expect(() -> PoolAccess.placesTaken(target.pool) == 0, () -> "places are taken: "
                    + PoolAccess.placesTaken(target.pool));
            expect(() -> target.pool.thrownCount() == 0, () -> "something was thrown: " + target);
        }
        if (guarded.lock.isLocked()) {
            findings.add("a lock was left behind");
        }
    }

    private void checkThreadsEnd() throws InterruptedException {
        for (Target target : targets) {
            expect(() -> target.pool.threadCount() == 0 && target.pool.liveThreads().isEmpty(), () -> "threads stay: "
                    + target);
        }
    }

    private void expect(BooleanSupplier condition, Supplier<String> otherwise) throws InterruptedException {
        if (!becomes(condition)) {
            findings.add(otherwise.get() + (plan.starts() == Starts.GRANTED ? "" : " while the system refused threads")
                    + " " + counts());
        }
    }

    /** Has patience once nothing else is wrong. */
    private boolean becomes(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + (findings.number() == 0 ? PATIENCE : PATIENCE.dividedBy(10)).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    private String counts() {
        return "calls=" + made() + " inPool=" + inPool + " inPlace=" + inPlace + " refused=" + refused + " timedOut="
                + timedOut
                + " posted=" + posted + " postedRan=" + postedRan;
    }

    @Override
    public String toString() {
        return String.format("%s %s seconds=%.1f | %s", findings, counts(), seconds, plan);
    }
}
