package io.tpool.internal.guard;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks at the carriers and lends, on a thread of its own. Everything here and in {@link CarrierTable}, {@link Lending},
 * {@link Parallelism}, {@link LookClock} and {@link StarvationWatch} is confined to that thread, but the settings, which it reads anew for each look, and the
 * counts in {@link CaptureTotals}, which it writes.
 *
 * <p>It takes no lock, allocates nothing once the arrays have their size, and survives whatever is thrown.
 */
final class GuardLoop implements Runnable {
    private static final long SHORTEST_TICK_NANOS = 500_000;
    private static final long SHORTEST_CHECK_NANOS = 200_000;
    private static final long LONGEST_TICK_NANOS = 10_000_000;
    private static final long CALM_TICK_NANOS = 2_000_000;
    private static final long STILL_TICK_NANOS = 5_000_000;
    private static final long CALM_AFTER_NANOS = 100_000_000;
    private static final long STILL_AFTER_NANOS = 30_000_000;
    private static final long VERY_STILL_AFTER_NANOS = 1_000_000_000;
    private static final long AFTER_FAILURE_NANOS = 10_000_000;
    private static final int MOST_SIGNALS = 64;

    private final CarrierView view;
    private final Supplier<GuardSettings> settings;
    private final CaptureFeed feed;
    private final CaptureTotals totals;
    private final CarrierTable table;
    private final Parallelism parallelism;
    private final Lending lending = new Lending();
    private final LookClock clock = new LookClock();
    private final StarvationWatch starvation = new StarvationWatch();
    private final int processors;
    private long tick = SHORTEST_TICK_NANOS;
    private long lastMove;
    private long lastCapture;
    private long lastActivity = Long.MIN_VALUE;
    private boolean resting;

    GuardLoop(CarrierView view, Supplier<GuardSettings> settings, CaptureFeed feed, CaptureTotals totals, int maxPoolSize) {
        this.view = view;
        this.settings = settings;
        this.feed = feed;
        this.totals = totals;
        processors = Runtime.getRuntime().availableProcessors();
        table = new CarrierTable(view, feed, totals, processors);
        parallelism = new Parallelism(view, maxPoolSize);
    }

    @Override
    public void run() {
        for (;;) {
            try {
                LockSupport.parkNanos(this, tick);
                Thread.interrupted();
                look(settings.get(), System.nanoTime());
            } catch (Throwable survived) {
                tick = AFTER_FAILURE_NANOS;
            }
        }
    }

    /** One look, with all that follows from it. */
    void look(GuardSettings set, long now) {
        if (set.mode() == GuardMode.OFF) {
            rest(now);
            return;
        }
        if (resting) {
            resting = false;
            clock.restart();
        }
        long evidence = clock.look(now, tick, set.patienceNanos());
        long activity = view.activity();
        if (activity == lastActivity && activity != Long.MIN_VALUE) {
            // All carriers still rest, and nothing is lent.
            parallelism.look();
            totals.publish(parallelism.user(), 0, 0);
            tick = nextTick(set.patienceNanos(), now);
            return;
        }
        table.look(clock, now, evidence, set.patienceNanos());
        parallelism.look();
        watchStarvation();
        int wanted = set.mode() == GuardMode.ON
                ? lending.want(table, clock.active(), evidence, parallelism.user(), parallelism.lent()) : 0;
        lend(set, wanted, now);
        totals.publish(parallelism.user(), parallelism.lent(), table.captured);
        lastActivity = table.mounted == 0 && table.queued == 0 && parallelism.lent() == 0 ? activity : Long.MIN_VALUE;
        tick = nextTick(set.patienceNanos(), now);
        if (lastActivity != Long.MIN_VALUE) {
            table.taken = 0;   // it was not in the looks that are spared
        }
    }

    /** How long to sleep until the next look. */
    long tick() {
        return tick;
    }

    private void lend(GuardSettings set, int wanted, long now) {
        int before = parallelism.lent();
        boolean more = parallelism.lend(wanted, set.max(), now);
        if (set.mode() != GuardMode.ON || table.queued == 0) {
            return;
        }
        // A submission wakes a carrier only where its queue was empty. So what is queued already is for this thread to announce,
        // until a carrier has taken something.
        if (more) {
            parallelism.wake(Math.min(MOST_SIGNALS, Math.min(table.queued, parallelism.lent() - before)), now);
        } else if (lending.isStuck()) {
            parallelism.wake(1, now);
        }
    }

    private void rest(long now) {
        if (!resting) {
            resting = true;
            lastActivity = Long.MIN_VALUE;
            table.forget(clock);
            endStarvation(false);
            lending.restart();
        }
        parallelism.look();
        parallelism.lend(0, 0, now);
        totals.publish(parallelism.user(), parallelism.lent(), 0);
        tick = Long.MAX_VALUE;
    }

    private void watchStarvation() {
        int held = table.blocked + table.hogs;
        endStarvation(table.queued > 0 && table.taken == 0 && held > 0 && held >= parallelism.user() + parallelism.lent());
    }

    private void endStarvation(boolean stuck) {
        long active = clock.active();
        boolean ended = starvation.look(active, stuck, table.youngestHeld, table.blocked + table.hogs, table.queued);
        // A carrier that was taken to be blocked, and turns out to compute, is no capture.
        if (ended && table.captured > 0) {
            long nanos = active - starvation.since();
            totals.starved(nanos);
            feed.starved(starvation.since() + clock.paused(), nanos, starvation.carriers(), starvation.waiting());
        }
    }

    private long nextTick(long patience, long now) {
        long base = Math.max(SHORTEST_TICK_NANOS, Math.min(patience, LONGEST_TICK_NANOS));
        if (table.youngSuspect && table.computing < processors) {
            return Math.max(SHORTEST_CHECK_NANOS, base >> 2);
        }
        if (clock.isLate() && table.young > 0) {
            return Math.max(SHORTEST_CHECK_NANOS, base - (base >> 2));   // the late look counts for the other quarter
        }
        if (table.newlyBlocked > 0) {
            lastCapture = now;
        }
        if (table.queued > 0 || table.taken != 0 || table.newlyBlocked > 0) {
            lastMove = now;
        }
        if (now - lastMove > VERY_STILL_AFTER_NANOS) {
            return LONGEST_TICK_NANOS;
        }
        if (now - lastMove > STILL_AFTER_NANOS) {
            return Math.max(base, STILL_TICK_NANOS);
        }
        return table.queued == 0 && now - lastCapture > CALM_AFTER_NANOS ? Math.max(base, CALM_TICK_NANOS) : base;
    }
}
