package io.tpool.internal.guard;

import java.util.Arrays;

/**
 * What the guard knows of each queue of the scheduler, in flat arrays with the queue's slot as index, and what one look at all of
 * them adds up to. Confined to the thread that looks. Allocates only when the scheduler has grown.
 *
 * <p>A carrier <em>has not moved</em> between two looks if it has mounted the same continuation, has taken no task from another
 * queue (steals), and not both given and taken a task of its own queue (top, base). A continuation that has left the carrier and come back
 * did so by one of these ways. The base alone tells nothing: others take tasks from a captured carrier's queue.
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

    private final CarrierView view;
    private final CaptureJudge judge;
    private final CaptureFeed feed;
    private final CaptureTotals totals;

    private Object[] queue = new Object[0];
    private Thread[] carrier = new Thread[0];
    private Object[] continuation = new Object[0];
    private int[] base = new int[0];
    private int[] top = new int[0];
    private int[] steals = new int[0];
    private long[] ticket = new long[0];
    private long[] since = new long[0];
    private long[] headAge = new long[0];
    long[] age = new long[0];
    byte[] state = new byte[0];
    long[] cpu = new long[0];
    long[] cpuAt = new long[0];
    long[] due = new long[0];
    boolean[] proven = new boolean[0];

    private long tickets;
    private long now;
    private long active;
    private long step;
    private long paused;
    private long credit;
    private long patience;

    /** What the last look has found. */
    int mounted;
    int young;
    int blocked;
    int compensated;
    int hogs;
    int suspects;
    int computing;
    int captured;
    int queued;
    int taken;
    int newlyBlocked;
    /** Carriers that were taken to be blocked, and turn out to compute. */
    int misjudged;
    /** How long the first task of a queue has waited, that of the queue where it has waited longest. */
    long longestWait;
    long youngestHeld;
    boolean youngSuspect;

    CarrierTable(CarrierView view, CaptureFeed feed, CaptureTotals totals, int processors) {
        this.view = view;
        this.feed = feed;
        this.totals = totals;
        judge = new CaptureJudge(this, processors);
    }

    /** Looks at all carriers. */
    void look(LookClock clock, long time, long evidence, long patienceNanos) {
        now = time;
        step = clock.active() - active;
        active = clock.active();
        paused = clock.paused();
        credit = evidence;
        patience = patienceNanos;
        judge.begin(computing, suspects);
        clearFindings();
        Object[] queues = view.queues();
        int length = queues == null ? 0 : queues.length;
        if (length > queue.length) {
            grow(length);
        }
        for (int i = 0; i < length; i++) {
            see(i, queues[i]);
        }
        for (int i = length; i < queue.length; i++) {
            see(i, null);
        }
    }

    private void clearFindings() {
        mounted = 0;
        young = 0;
        blocked = 0;
        compensated = 0;
        hogs = 0;
        suspects = 0;
        computing = 0;
        captured = 0;
        queued = 0;
        taken = 0;
        longestWait = 0;
        newlyBlocked = 0;
        misjudged = 0;
        youngSuspect = false;
        youngestHeld = Long.MIN_VALUE;
    }

    private void see(int i, Object seen) {
        if (seen != queue[i]) {
            replace(i, seen);
        }
        if (seen == null) {
            return;
        }
        int newBase = view.base(seen);
        int newTop = view.top(seen);
        taken += newBase - base[i];
        int waiting = Math.max(0, newTop - newBase);
        queued += waiting;
        headAge[i] = waiting == 0 || newBase != base[i] ? 0 : headAge[i] + credit;
        longestWait = Math.max(longestWait, headAge[i]);
        if (carrier[i] != null) {
            watch(i, newBase, newTop);
        }
        base[i] = newBase;
        top[i] = newTop;
    }

    private void replace(int i, Object seen) {
        leave(i);
        queue[i] = seen;
        carrier[i] = seen == null ? null : view.owner(seen);
        if (seen != null) {
            base[i] = view.base(seen);
            top[i] = view.top(seen);
            steals[i] = view.steals(seen);
            headAge[i] = 0;
        }
    }

    private void watch(int i, int newBase, int newTop) {
        Object mountedNow = view.continuation(carrier[i]);
        int newSteals = view.steals(queue[i]);
        boolean held = mountedNow == continuation[i] && newSteals == steals[i] && (newTop == top[i] || newBase == base[i]);
        steals[i] = newSteals;
        if (mountedNow == null) {
            leave(i);
            return;
        }
        mounted++;
        if (held) {
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
        young++;
    }

    private void suspect(int i) {
        byte before = state[i];
        boolean guessed = before == BLOCKED && !proven[i];
        judge.judge(i, before, carrier[i], now, patience);
        switch (state[i]) {
            case BLOCKED -> {
                if (before == YOUNG || before == SUSPECT) {
                    newlyBlocked++;
                }
                blocked++;
                if (view.isCompensated(carrier[i])) {
                    compensated++;
                }
            }
            case COMPUTING -> {
                computing++;
                if (guessed) {
                    misjudged++;
                }
            }
            default -> suspects++;
        }
        if (cpu[i] == CpuTimes.UNKNOWN) {
            feed.begin();
        }
        youngSuspect |= state[i] == SUSPECT && age[i] < SLICE_NANOS;
        boolean slice = age[i] >= SLICE_NANOS;
        if (slice && state[i] != BLOCKED) {
            hogs++;
        }
        if (ticket[i] == 0 && (slice || proven[i] && state[i] == BLOCKED)) {
            ticket[i] = ++tickets;
            totals.begun(active - since[i]);
            feed.look(i, ticket[i], continuation[i], carrier[i], since[i] + paused, state[i], false);
        } else if (ticket[i] != 0) {
            totals.goesOn(step);
            if (age[i] >= LONG_NANOS && age[i] - credit < LONG_NANOS) {
                feed.look(i, ticket[i], continuation[i], carrier[i], since[i] + paused, state[i], true);
            }
        }
        if (ticket[i] != 0) {
            captured++;
        }
        if (slice || state[i] == BLOCKED) {
            youngestHeld = Math.max(youngestHeld, since[i]);
        }
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

    /** CPU time of the carrier; negative where it is not known. */
    long cpuNanos(Thread thread) {
        return view.cpuNanos(thread);
    }

    /** True if computations were seen lately, so that a suspect may well be one. */
    boolean isComputing(long time) {
        return judge.isComputing(time);
    }

    /** Ends all captures and forgets all carriers. */
    void forget(LookClock clock) {
        active = clock.active();
        for (int i = 0; i < queue.length; i++) {
            replace(i, null);
        }
        clearFindings();
    }

    private void grow(int length) {
        queue = Arrays.copyOf(queue, length);
        carrier = Arrays.copyOf(carrier, length);
        continuation = Arrays.copyOf(continuation, length);
        base = Arrays.copyOf(base, length);
        top = Arrays.copyOf(top, length);
        steals = Arrays.copyOf(steals, length);
        ticket = Arrays.copyOf(ticket, length);
        since = Arrays.copyOf(since, length);
        headAge = Arrays.copyOf(headAge, length);
        age = Arrays.copyOf(age, length);
        state = Arrays.copyOf(state, length);
        cpu = Arrays.copyOf(cpu, length);
        cpuAt = Arrays.copyOf(cpuAt, length);
        due = Arrays.copyOf(due, length);
        proven = Arrays.copyOf(proven, length);
    }
}
