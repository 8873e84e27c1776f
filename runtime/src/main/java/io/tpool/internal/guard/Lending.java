// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * How many carriers to lend, and when a queue needs a helper. Only arithmetic on what a look has found; confined to
 * the thread that looks.
 *
 * <p><b>Blocked</b> carriers are replaced one for one, those that the JDK has replaced already only where work is
 * stuck all the same. Where many of the tasks that are taken end up blocked, so will those that carriers have
 * only just taken, and those that are queued: carriers are lent for them in the same proportion, at most twice as
 * many with each look. A burst of blocking calls would else get one carrier more in each look. Where more wait
 * than the carriers for the new captures can take, that share is rounded up. What was lent stays lent for a while
 * after a capture, so that a loop of short ones does not change the parallelism twice for each. Nothing is
 * raised while a carrier is free and nothing is queued, for nobody would notice.
 *
 * <p><b>Computing</b> carriers make nothing faster by being more than the processors, and each one more lets all
 * threads of the process wait longer for a processor. So a step is taken only when the first task of some queue has
 * waited for {@link #WAIT_NANOS}; longer where helpers serve that queue already, so that each of them has had a slice
 * of a processor before the next one comes. It is the queue that counts and not the scheduler: a carrier goes on with
 * the queue that it has found something in, and may leave another one alone for as long as that lasts. A step is a
 * {@linkplain QueueHelpers helper} for that queue. Where none can be had, it is one carrier more after each
 * {@link #STEP_NANOS}.
 *
 * <p><b>Stuck</b>: where a task has waited so long while nothing at all was taken the reason does not matter, and the
 * same steps are taken.
 */
final class Lending {
    static final long WAIT_NANOS = 20_000_000;
    static final long STEP_NANOS = 5_000_000;
    /** What was lent stays lent for one to two of these. */
    static final long HOLD_NANOS = 20_000_000;
    private static final int DECAY_SHIFT = 3;
    private static final int UNIT_SHIFT = 8;

    private int peak;
    private int peakBefore;
    private long peakSince;
    private long stepAt;
    private long blockedRate;
    private long takenRate;
    private int lentToComputing;
    private long stuck;

    /**
     * Takes what a look has found. Tells whether it is time for one carrier more, where no helper can be had.
     *
     * @param seen the findings
     * @param now the time, without standstills
     * @param evidence nanoseconds that count since the last look
     * @return true if it is
     */
    boolean isTimeForStep(LookFindings seen, long now, long evidence) {
        stuck = seen.queued > 0 && seen.taken == 0 ? stuck + evidence : 0;
        if (seen.starving == null || now - stepAt < STEP_NANOS) {
            return false;
        }
        stepAt = now;
        return true;
    }

    /**
     * Tells how many carriers to lend.
     *
     * @param seen the findings
     * @param now the time, without standstills
     * @param step true if it is time for a step, and no helper takes it
     * @param user carriers that the user set
     * @param lent carriers lent now
     * @return carriers to lend in all, not limited
     */
    int want(LookFindings seen, long now, boolean step, int user, int lent) {
        count(seen);
        if (seen.misjudged > 0) {
            peak = 0;
            peakBefore = 0;
        }
        int wanted = hold(blocking(seen), now) + computing(seen, step, lent);
        if (step && stuck >= WAIT_NANOS) {
            wanted = Math.max(wanted, lent + 1);
        }
        boolean noticed = seen.queued > 0 || seen.mounted >= user + lent;
        return noticed ? wanted : Math.min(lent, wanted);
    }

    /** True if something was queued, and nothing taken, at this look and at the one before. */
    boolean isStuck() {
        return stuck > 0;
    }

    /** Forgets what it knows. */
    void restart() {
        peak = 0;
        peakBefore = 0;
        lentToComputing = 0;
        stuck = 0;
    }

    private int blocking(LookFindings seen) {
        int blocked = seen.blocked;
        if (stuck == 0) {
            blocked -= seen.compensated;
        }
        if (seen.queued == 0 || blocked <= 0 || takenRate == 0) {
            return blocked;
        }
        long likely = Math.min(takenRate, blockedRate);
        // Captures come in bursts. Where more wait than can be taken now, one carrier more finds out sooner.
        long rounded = seen.newlyBlocked > 0 && seen.queued > seen.newlyBlocked ? takenRate - 1 : 0;
        return blocked + (int) (((seen.young + Math.min(seen.queued, blocked)) * likely + rounded) / takenRate);
    }

    private int computing(LookFindings seen, boolean step, int lent) {
        lentToComputing = Math.min(lentToComputing, Math.min(seen.hogs, lent));
        if (step && lentToComputing < seen.hogs) {
            lentToComputing++;
        }
        return lentToComputing;
    }

    private int hold(int wanted, long now) {
        if (now - peakSince > HOLD_NANOS) {
            peakBefore = now - peakSince > 2 * HOLD_NANOS ? 0 : peak;
            peak = 0;
            peakSince = now;
        }
        peak = Math.max(peak, wanted);
        return Math.max(peak, peakBefore);
    }

    private void count(LookFindings seen) {
        blockedRate += ((long) seen.newlyBlocked << UNIT_SHIFT) - (blockedRate >> DECAY_SHIFT);
        takenRate += ((long) seen.taken << UNIT_SHIFT) - (takenRate >> DECAY_SHIFT);
    }
}
