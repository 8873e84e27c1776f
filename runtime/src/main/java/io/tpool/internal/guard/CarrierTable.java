// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.Arrays;

/**
 * What the guard knows of each queue of the scheduler, in flat arrays with the queue's slot as index, and what one look
 * at all of them adds up to. Confined to the thread that looks. Allocates only when the scheduler has grown.
 *
 * <p>A carrier <em>has not moved</em> between two looks if it has mounted the same continuation, has taken no
 * task from another queue (steals), and not both given and taken a task of its own queue (top, base). A
 * continuation that has left the carrier and come back did so by one of these ways. The base alone tells nothing:
 * others take tasks from a captured carrier's queue.
 *
 * <p>The first slots are those of {@linkplain QueueHelper helpers}, which are watched as carriers are. What a helper
 * runs may be a capture; it is no reason to lend.
 *
 * <p>States of a carrier, and what leads to them:
 * <pre>
 * NONE       nothing is mounted
 * YOUNG      mounted, and held for less than the patience
 * SUSPECT    held for as long as the patience; it may block or compute
 * BLOCKED    it has used hardly any CPU time since it was suspected
 * COMPUTING  it has used CPU time
 *
 * NONE → YOUNG → SUSPECT ⇄ BLOCKED ⇄ COMPUTING, and from each of them, by moving, to NONE or YOUNG
 * </pre>
 * The references that it holds last until the next look: a continuation would keep the application's objects alive.
 */
final class CarrierTable {
    static final byte NONE = 0;
    static final byte YOUNG = 1;
    static final byte SUSPECT = 2;
    static final byte BLOCKED = 3;
    static final byte COMPUTING = 4;

    /** A computation counts as captured after so long, as a goroutine is preempted. */
    static final long SLICE_NANOS = 10_000_000;
    /** A capture that takes so long is looked at again, if nobody could when it began. */
    static final long LONG_NANOS = 20_000_000;
    private static final long VERY_LONG_NANOS = 200_000_000;
    /** The slots below are those of {@link QueueHelpers}. */
    private static final int FIRST = QueueHelpers.MOST;

    private final CarrierView view;
    private final QueueHelpers helpers;
    final QueueTable waiting;
    private final CaptureJudge judge;
    private final CaptureFeed feed;
    private final CaptureTotals totals;

    private Object[] queue = new Object[0];
    private Thread[] carrier = new Thread[0];
    private Object[] continuation = new Object[0];
    private int[] steals = new int[0];
    private long[] ticket = new long[0];
    private long[] since = new long[0];
    long[] age = new long[0];
    byte[] state = new byte[0];
    boolean[] proven = new boolean[0];

    private long tickets;
    private long now;
    private long active;
    private long step;
    private long paused;
    private long credit;
    private long patience;

    final LookFindings found = new LookFindings();

    CarrierTable(CarrierView view, QueueHelpers helpers, CaptureFeed feed, CaptureTotals totals, int processors) {
        this.view = view;
        this.helpers = helpers;
        this.feed = feed;
        this.totals = totals;
        waiting = new QueueTable(view, helpers, found, processors);
        judge = new CaptureJudge(view, this, processors);
    }

    /** Looks at all carriers. */
    void look(LookClock clock, long time, long evidence, long patienceNanos) {
        now = time;
        step = clock.active() - active;
        active = clock.active();
        paused = clock.paused();
        credit = evidence;
        patience = patienceNanos;
        judge.begin(found, helpers.serving(), feed.isMachineBusy(time));
        found.clear();
        Object[] queues = view.queues();
        int length = queues == null ? 0 : queues.length;
        if (FIRST + length > queue.length) {
            grow(FIRST + length);
        }
        for (int i = 0; i < length; i++) {
            see(FIRST + i, queues[i]);
        }
        for (int i = FIRST + length; i < queue.length; i++) {
            see(i, null);
        }
        for (int i = 0; i < helpers.count(); i++) {
            seeHelper(i, helpers.get(i));
        }
        found.computedLately = judge.isComputing(time);
    }

    private void see(int i, Object seen) {
        if (seen != queue[i]) {
            begin(i, seen);
        }
        if (seen == null) {
            return;
        }
        boolean moved = waiting.look(i, seen, step);
        if (carrier[i] != null) {
            watch(i, moved, view.steals(seen));
        }
    }

    /** A helper has no queue of its own; what it has done is counted in {@link #steals}. */
    private void seeHelper(int i, QueueHelper helper) {
        if (helper != queue[i]) {
            replace(i, helper, helper.thread());
        }
        watch(i, false, helper.turns());
    }

    private void begin(int i, Object seen) {
        replace(i, seen, seen == null ? null : view.owner(seen));
        if (seen != null) {
            waiting.begin(i, seen);
            steals[i] = view.steals(seen);
        }
    }

    private void watch(int i, boolean ownMoved, int stolen) {
        boolean moved = ownMoved || stolen != steals[i];
        steals[i] = stolen;
        Object mountedNow = view.continuation(carrier[i]);
        if (mountedNow == null) {
            leave(i);
            return;
        }
        if (i >= FIRST) {
            found.mounted++;
        }
        if (!moved && mountedNow == continuation[i]) {
            age[i] += credit;
            if (age[i] >= patience) {
                suspect(i);
                return;
            }
        } else {
            leave(i);
            continuation[i] = mountedNow;
            since[i] = active;
            age[i] = 0;
            state[i] = YOUNG;
        }
        if (i >= FIRST) {
            found.young++;
        }
    }

    private void suspect(int i) {
        byte before = state[i];
        boolean guessed = before == BLOCKED && !proven[i];
        judge.judge(i, before, carrier[i], now, patience);
        if (state[i] == COMPUTING) {
            found.computing++;
        }
        if (i >= FIRST) {
            countCarrier(i, before, guessed);
        }
        if (judge.isUnread(i)) {
            feed.begin();
        }
        capture(i);
    }

    /** What is lent depends on. A helper takes no carrier from the scheduler, whatever it does. */
    private void countCarrier(int i, byte before, boolean guessed) {
        switch (state[i]) {
            case BLOCKED -> {
                if (before == YOUNG || before == SUSPECT) {
                    found.newlyBlocked++;
                }
                found.blocked++;
                if (view.isCompensated(carrier[i])) {
                    found.compensated++;
                }
            }
            case COMPUTING -> {
                if (guessed) {
                    found.misjudged++;
                }
            }
            default -> found.suspects++;
        }
        boolean slice = age[i] >= SLICE_NANOS;
        found.youngSuspect |= state[i] == SUSPECT && !slice;
        if (slice && state[i] != BLOCKED) {
            found.hogs++;
        }
        if (slice || state[i] == BLOCKED) {
            found.youngestHeld = Math.max(found.youngestHeld, since[i]);
        }
    }

    private void capture(int i) {
        if (ticket[i] == 0 && isCapture(i)) {
            ticket[i] = ++tickets;
            totals.begun(since[i] + paused, active - since[i]);
            found.begun += i >= FIRST && proven[i] && state[i] == BLOCKED ? 1 : 0;
            look(i, 1);
        } else if (ticket[i] != 0) {
            totals.goesOn(step);
            if (reaches(i, LONG_NANOS)) {
                look(i, 2);
            } else if (LookClock.doubles(age[i] - credit, age[i], VERY_LONG_NANOS)) {
                // On a busy machine the reader may have come to none of the looks before.
                look(i, CaptureFeed.LATE_LOOK);
            }
        }
        if (ticket[i] != 0) {
            found.captured++;
        }
    }

    /**
     * A thread that waits for a processor uses no CPU time either. It gets one in a while, other than a blocked one.
     */
    private boolean isCapture(int i) {
        if (state[i] == COMPUTING) {
            return age[i] >= SLICE_NANOS;
        }
        boolean held = age[i] >= SLICE_NANOS || proven[i] && state[i] == BLOCKED;
        return held && (age[i] >= LONG_NANOS || !feed.isMachineBusy(now));
    }

    private boolean reaches(int i, long nanos) {
        return age[i] >= nanos && age[i] - credit < nanos;
    }

    /** Tells of all captures that go on, and answers whoever has asked. */
    void answer() {
        long question = feed.question();
        for (int i = 0; i < ticket.length; i++) {
            if (ticket[i] != 0) {
                feed.held(i, ticket[i], continuation[i], carrier[i], since[i] + paused, state[i]);
            }
        }
        feed.answer(question);
    }

    private void look(int i, int number) {
        feed.look(i, ticket[i], continuation[i], carrier[i], since[i] + paused, state[i], number);
    }

    /** What was mounted has left the carrier. */
    private void leave(int i) {
        if (ticket[i] != 0) {
            feed.end(i, ticket[i], carrier[i], since[i] + paused, active - since[i]);
            ticket[i] = 0;
        }
        continuation[i] = null;
        state[i] = NONE;
    }

    private void replace(int i, Object newQueue, Thread newCarrier) {
        leave(i);
        view.forget(i);
        queue[i] = newQueue;
        carrier[i] = newCarrier;
    }

    /** Ends all captures and forgets all carriers. */
    void forget(LookClock clock) {
        active = clock.active();
        for (int i = 0; i < queue.length; i++) {
            replace(i, null, null);
        }
        found.clear();
    }

    private void grow(int length) {
        queue = Arrays.copyOf(queue, length);
        carrier = Arrays.copyOf(carrier, length);
        continuation = Arrays.copyOf(continuation, length);
        waiting.grow(length);
        judge.grow(length);
        steals = Arrays.copyOf(steals, length);
        ticket = Arrays.copyOf(ticket, length);
        since = Arrays.copyOf(since, length);
        age = Arrays.copyOf(age, length);
        state = Arrays.copyOf(state, length);
        proven = Arrays.copyOf(proven, length);
    }
}
