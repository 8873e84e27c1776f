// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks at the carriers and lends, on a thread of its own. Everything here and in {@link CarrierTable}, {@link
 * Lending}, {@link Parallelism}, {@link LookClock} and {@link StarvationWatch} is confined to that thread, but
 * the settings, which it reads anew for each look, and the counts in {@link CaptureTotals}, which it writes.
 *
 * <p>It takes no lock, allocates nothing once the arrays have their size, and survives whatever is thrown.
 */
final class GuardLoop implements Runnable {
    private static final long SHORTEST_TICK_NANOS = 500_000;
    private static final long SHORTEST_CHECK_NANOS = 200_000;
    private static final long LONGEST_TICK_NANOS = 10_000_000;
    private static final long RESTING_TICK_NANOS = 100_000_000;
    private static final long CALM_TICK_NANOS = 4_000_000;
    private static final long STILL_TICK_NANOS = 5_000_000;
    private static final long CALM_AFTER_NANOS = 2_000_000_000;
    /** Of the calm looks, one in so many earns a look that comes soon. */
    private static final int LOOKS_FOR_A_SOON = 8;
    private static final int MOST_SOON = 8 * LOOKS_FOR_A_SOON;
    private static final long STILL_AFTER_NANOS = 30_000_000;
    private static final long VERY_STILL_AFTER_NANOS = 1_000_000_000;
    private static final long RESTING_SHARE = 100;
    private static final long AFTER_FAILURE_NANOS = 10_000_000;
    private static final int MOST_SIGNALS = 64;
    private static final int RESERVED_FOR_HELPERS = 8;

    private final CarrierView view;
    private final Supplier<GuardSettings> settings;
    private final CaptureFeed feed;
    private final CaptureTotals totals;
    private final QueueHelpers helpers;
    private final CarrierTable table;
    private final LookFindings found;
    private final Parallelism parallelism;
    private final Lending lending;
    private final LookClock clock = new LookClock();
    private final Standstill standstill = new Standstill();
    private final StarvationWatch starvation = new StarvationWatch();
    private final int processors;
    private long tick = SHORTEST_TICK_NANOS;
    private long lastMove;
    private long lastCapture;
    private int calmLooks;
    private long lastActivity = Long.MIN_VALUE;
    private boolean resting;
    private boolean captureSeen;

    GuardLoop(CarrierView view, Supplier<GuardSettings> settings, CaptureFeed feed, CaptureTotals totals,
            int maxPoolSize) {
        this.view = view;
        this.settings = settings;
        this.feed = feed;
        this.totals = totals;
        processors = Runtime.getRuntime().availableProcessors();
        helpers = new QueueHelpers(view);
        table = new CarrierTable(view, helpers, feed, totals, processors);
        found = table.found;
        lending = new Lending();
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
        lookAndLend(set, now);
        if (feed.isAsked()) {
            table.answer();
        }
    }

    private void lookAndLend(GuardSettings set, long now) {
        if (set.mode() == GuardMode.OFF) {
            rest(now);
            return;
        }
        if (resting) {
            resting = false;
            clock.restart();
        }
        long evidence = clock.look(now, tick, set.patienceNanos());
        standstill.look(clock.lateBy(), CaptureWatch.isAnyOpen());
        feed.looks(now, standstill.nanos());
        long activity = view.activity();
        if (activity == lastActivity && activity != Long.MIN_VALUE && !table.waiting.isAnythingQueued()) {
            // All carriers still rest, and nothing is lent. A task that nobody was woken for would change no activity.
            parallelism.look();
            totals.publish(parallelism.user(), 0, 0);
            tick = nextTick(set.patienceNanos(), now);
            return;
        }
        table.look(clock, now, evidence, set.patienceNanos());
        parallelism.look();
        watchStarvation();
        if (set.mode() == GuardMode.ON) {
            boolean step = isStepLeft(set, now, evidence);
            int wanted = lending.want(found, clock.active(), step, parallelism.user(), parallelism.lent());
            lend(set, wanted, now);
        } else {
            parallelism.lend(0, 0, now);
        }
        totals.publish(parallelism.user(), parallelism.lent() + helpers.serving(), found.captured);
        lastActivity = isAtRest() ? activity : Long.MIN_VALUE;
        tick = nextTick(set.patienceNanos(), now);
        if (lastActivity != Long.MIN_VALUE) {
            found.taken = 0;   // it was not in the looks that are spared
        }
    }

    /** True if it is time for one carrier more, because a queue starves and no helper comes to it. */
    private boolean isStepLeft(GuardSettings set, long now, long evidence) {
        boolean step = lending.isTimeForStep(found, clock.active(), evidence);
        if (found.starving == null) {
            return false;
        }
        int most = parallelism.most(set.max());
        int room = most - parallelism.lent() - helpers.serving();
        // The last ones are for a queue that none serves: what has taken the others may never give them back.
        int needed = found.starvingServed == 0 ? 1 : 1 + reserved(most) / 2;
        return (room < needed || !helpers.serve(found.starving, now)) && step;
    }

    private static int reserved(int most) {
        return Math.min(RESERVED_FOR_HELPERS, most / 8);
    }

    private boolean isAtRest() {
        return found.mounted == 0 && found.queued == 0 && parallelism.lent() == 0 && helpers.serving() == 0;
    }

    /** How long to sleep until the next look, in nanoseconds. */
    long tick() {
        return tick;
    }

    private void lend(GuardSettings set, int wanted, long now) {
        int before = parallelism.lent();
        int most = parallelism.most(set.max());
        // Carriers leave room for helpers: they come where more carriers do not help.
        int room = most - Math.max(helpers.serving(), reserved(most));
        boolean more = parallelism.lend(wanted, room, now);
        if (found.queued == 0) {
            return;
        }
        // A submission wakes a carrier only where its queue was empty. So what is queued already is for this
        // thread to announce, until a carrier has taken something.
        if (more) {
            parallelism.wake(Math.min(MOST_SIGNALS, Math.min(found.queued, parallelism.lent() - before)), now);
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
        int held = found.blocked - found.compensated + found.hogs;   // the JDK has replaced some
        boolean stuck = found.queued > 0 && found.taken == 0;
        endStarvation(stuck && held > 0 && held >= parallelism.user() + parallelism.lent());
    }

    private void endStarvation(boolean stuck) {
        long active = clock.active();
        boolean ended = starvation.look(active, stuck, found.youngestHeld, found.blocked + found.hogs, found.queued);
        // A carrier that was taken to be blocked, and turns out to compute, is no capture. All may have ended by now.
        captureSeen |= found.captured > 0;
        if (ended && captureSeen) {
            long nanos = active - starvation.since();
            totals.starved(nanos);
            feed.starved(starvation.since() + clock.paused(), nanos, starvation.carriers(), starvation.waiting());
        }
        captureSeen &= stuck;
    }

    /** A wake-up costs more than the look does, 5 to 50 µs. So there are fewer where less can happen. */
    private long nextTick(long patience, long now) {
        long base = Math.max(SHORTEST_TICK_NANOS, Math.min(patience, LONGEST_TICK_NANOS));
        if (found.begun > 0) {
            lastCapture = now;
        }
        boolean calm = now - lastCapture > CALM_AFTER_NANOS && !lending.isStuck();
        // Where computations were seen and no captures, a suspect is most likely one more computation.
        boolean urgent = found.youngSuspect && !(calm && found.computedLately);
        if (urgent && found.computing < processors && !feed.isMachineBusy(now)) {
            return Math.max(SHORTEST_CHECK_NANOS, base >> 2);
        }
        if (clock.isLate() && found.young > 0) {
            return Math.max(SHORTEST_CHECK_NANOS, base - (base >> 2));   // the late look counts for the other quarter
        }
        if (found.queued > 0 || found.taken != 0 || found.newlyBlocked > 0) {
            lastMove = now;
        }
        if (now - lastMove > VERY_STILL_AFTER_NANOS) {
            boolean rests = lastActivity != Long.MIN_VALUE;
            long share = Math.min(RESTING_TICK_NANOS, (now - lastMove) / RESTING_SHARE);
            return rests ? Math.max(LONGEST_TICK_NANOS, share) : LONGEST_TICK_NANOS;
        }
        if (now - lastMove > STILL_AFTER_NANOS) {
            return Math.max(base, STILL_TICK_NANOS);
        }
        if (feed.isMachineBusy(now)) {
            return Math.max(base, CALM_TICK_NANOS);   // it takes many times as long to tell what blocks
        }
        return calm && !takesSoonLook() ? Math.max(base, CALM_TICK_NANOS) : base;
    }

    /**
     * True where somebody waits and no carrier is free, which may be the begin of captures. Carriers that never rest
     * look like that all the time, so it is allowed now and then: calm looks earn it, and this uses it up.
     */
    private boolean takesSoonLook() {
        boolean crowded = found.queued > 0 && found.mounted >= parallelism.user() + parallelism.lent();
        boolean worth = crowded && calmLooks >= LOOKS_FOR_A_SOON;
        calmLooks = worth ? calmLooks - LOOKS_FOR_A_SOON : Math.min(MOST_SOON, calmLooks + 1);
        return worth;
    }
}
