// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/**
 * Whether the calls of one method move or stay, learned from what they do: mode {@link Mode#AUTO}.
 *
 * <p>A call that stays costs the others the time that it keeps its carrier, but no more than the guard's patience: then
 * the guard lends another carrier. A call that moves costs a hop. So calls stay while the mean of
 * {@code min(run, patience)} is below the cost of a hop, and move otherwise.
 *
 * <h2>States</h2>
 * <pre>
 *   moves -> stays   after {@link #needed} calls that were short in the mean
 *   stays -> moves   when captures * patience exceed calls * hop, over at least {@value #FEWEST_CAPTURES} captures
 * </pre>
 * While calls move, their run times are at hand. While calls stay, nobody looks at a clock: the guard reports captures,
 * and {@link StayCounter} counts calls. Without the guard the calls that stay are timed, and one long call is evidence
 * enough.
 *
 * <p>Where virtual threads cannot be moved, calls stay for good. A hand-off would change what the method sees, and the
 * user has not asked for it.
 *
 * <p>Two things keep a method from changing again and again. Between staying and moving lies a factor of
 * {@value #HYSTERESIS}. And each return from staying doubles the calls that are needed to stay again, unless the calls
 * have stayed for {@value #LASTING_NANOS} ns.
 *
 * <p><b>Races.</b> The fields of the window are plain, and written by all threads that end calls. A lost addition moves
 * a mean a little, and nothing else depends on them. Decisions are made under the lock of this object, by whoever ends
 * a call that has moved, or by the guard; never by a call that stays, except a long one without the guard.
 *
 * @since 1.0
 */
public final class LearnedPolicy {
    private static final int FEWEST_CALLS = 100;
    private static final int MOST_CALLS = 51_200;
    private static final int FEWEST_CAPTURES = 3;
    private static final int HYSTERESIS = 2;
    private static final long LASTING_NANOS = 10_000_000_000L;
    /**
     * The cost of a hop is twice the wait for a pool thread, within these bounds: a wait in a long queue is no cost of
     * the hop.
     */
    private static final long CHEAPEST_HOP_NANOS = 10_000;
    private static final long DEAREST_HOP_NANOS = 100_000;
    /** How many times as many calls as the captures would justify end a window of captures. */
    private static final int STALE = 16;

    private final ListedMethod method;
    private final boolean fixed;
    private volatile boolean stays;
    /** Calls that stayed, by carrier; null before any has. */
    private volatile long[] cells;

    // The window of calls that moved.
    private long calls;
    private long nanos;
    private long waitNanos;

    // Guarded by this.
    private int needed = FEWEST_CALLS;
    private long hopNanos = DEAREST_HOP_NANOS;
    private long captures;
    /** Captures that were looked at; each stands for one or more. */
    private long sightings;
    private long countBefore;
    private long sinceNanos = System.nanoTime();
    private volatile Decision decision = new Decision(true, "nothing is known yet", System.currentTimeMillis());

    /** @param problem why virtual threads cannot be moved here, so that all calls stay for good; null if they can */
    LearnedPolicy(ListedMethod method, String problem) {
        this.method = method;
        fixed = problem != null;
        if (fixed) {
            cells = StayCounter.cells();
            stays = true;
            decision = new Decision(false, "virtual threads cannot be moved here: " + problem,
                    System.currentTimeMillis());
        }
    }

    /**
     * What was decided, and why.
     *
     * @param moves true if calls move, false if they stay
     * @param reason for people, one line
     * @param sinceMillis when, milliseconds since the epoch
     * @since 1.0
     */
    public record Decision(boolean moves, String reason, long sinceMillis) {
    }

    /** True if calls stay at present. */
    boolean stays() {
        return stays;
    }

    /** Where calls are counted that stay without any other look; null if they are to be looked at. */
    long[] cellsWhileStaying() {
        return stays && Learning.isGuarded() && Offload.enabled() ? cells : null;
    }

    /** Counts a call that stays. */
    void count() {
        StayCounter.increment(cells);
    }

    Decision decision() {
        return decision;
    }

    /** Calls that stayed, about. */
    long stayed() {
        long[] counted = cells;
        return counted == null ? 0 : StayCounter.sum(counted);
    }

    /** A call that moved has ended. */
    void moved(long waited, long ran) {
        long patience = Learning.patienceNanos();
        long now = ++calls;
        nanos += Math.min(ran, patience);
        waitNanos += Math.min(waited, DEAREST_HOP_NANOS / 2);
        if (now >= needed) {
            decideToStay();
        }
    }

    private synchronized void decideToStay() {
        long ended = calls;
        if (stays || ended < needed) {
            return;
        }
        long mean = nanos / ended;
        hopNanos = Math.max(CHEAPEST_HOP_NANOS, Math.min(DEAREST_HOP_NANOS, 2 * waitNanos / ended));
        newWindow();
        if (mean * HYSTERESIS > hopNanos) {
            return;
        }
        if (cells == null) {
            cells = StayCounter.cells();
        }
        countBefore = stayed();
        captures = 0;
        sightings = 0;
        change(false, ended + " calls took " + micros(mean) + " in the mean, a hop takes " + micros(hopNanos));
    }

    /**
     * The guard has seen calls that stay capture carriers.
     *
     * @param seen captures, 1 or more
     * @param startNanos when the last of them began; what began while calls moved is no evidence against staying
     */
    synchronized void captured(long seen, long startNanos) {
        if (!stays || fixed || startNanos - sinceNanos < 0) {
            return;
        }
        long stayedNow = stayed();
        long among = Math.max(1, stayedNow - countBefore);
        captures += seen;
        sightings++;
        long cost = captures * Learning.patienceNanos();
        if (cost * STALE < among * hopNanos) {
            countBefore = stayedNow;   // the calls of long ago say nothing of those of today
            captures = seen;
            sightings = 1;
        } else if (sightings >= FEWEST_CAPTURES && cost > among * hopNanos) {
            moveAgain(captures + " captures in " + among + " calls cost more than moving them");
        }
    }

    /** Without the guard: a call that stayed was long. */
    synchronized void wasLong(long ran) {
        if (stays && !fixed) {
            moveAgain("a call took " + micros(ran) + ", and there is no guard");
        }
    }

    private void moveAgain(String reason) {
        boolean lasted = System.nanoTime() - sinceNanos >= LASTING_NANOS;
        needed = lasted ? FEWEST_CALLS : Math.min(MOST_CALLS, needed * 2);
        newWindow();
        change(true, reason);
    }

    private void newWindow() {
        calls = 0;
        nanos = 0;
        waitNanos = 0;
    }

    private void change(boolean moves, String reason) {
        sinceNanos = System.nanoTime();
        decision = new Decision(moves, reason, System.currentTimeMillis());
        stays = !moves;
        method.refresh();
        Learning.changed(method, decision);
    }

    private static String micros(long nanos) {
        return nanos < 10_000 ? nanos / 1_000 + "." + nanos % 1_000 / 100 + " us" : nanos / 1_000 + " us";
    }
}
