// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * The scheduler's parallelism: what the user set plus what is lent. Confined to the thread that lends.
 *
 * <p>The value is in the pool, where others may write it: the application, or somebody with a JMX console. Each
 * look compares it with what was written last. If it differs, somebody else has set it, and it is the user's from
 * then on, with nothing lent. All writes are compare-and-set on that value, so that no such change is
 * overwritten. Somebody who sets exactly what user and lent add up to is not noticed.
 *
 * <p>A start of a thread that fails throws in the thread that submits, which may be the application's. So after a
 * failure that this class sees nothing is lent beyond the carriers that there are, for a time that doubles with
 * each failure.
 */
final class Parallelism {
    /** As many as a ForkJoinPool can have. */
    static final int MOST = GuardSettings.LARGEST_MAX;
    private static final long FIRST_HOLD_NANOS = 100_000_000;
    private static final long LONGEST_HOLD_NANOS = 6_400_000_000L;

    private final CarrierView view;
    private final int maxPoolSize;
    private int user;
    private int lent;
    private int failures;
    private long hold;
    private long holdBegan;
    private boolean holding;

    /**
     * @param view the scheduler
     * @param maxPoolSize most carriers in all; {@link #MOST} if the user has not said
     */
    Parallelism(CarrierView view, int maxPoolSize) {
        this.view = view;
        this.maxPoolSize = maxPoolSize;
        user = view.parallelism();
    }

    /** Most carriers that the user allows: what he has set himself, and not the JDK's default. */
    static int maxPoolSize() {
        try {
            String value = System.getProperty("jdk.virtualThreadScheduler.maxPoolSize");
            return value == null ? MOST : Math.max(1, Math.min(MOST, Integer.parseInt(value)));
        } catch (RuntimeException notANumber) {
            return MOST;
        }
    }

    /** Takes note of what others have set. */
    void look() {
        int found = view.parallelism();
        if (found != user + lent) {
            user = found;
            lent = 0;
        }
    }

    int user() {
        return user;
    }

    int lent() {
        return lent;
    }

    /** Most that may be lent in all, helpers among them. */
    int most(int max) {
        return Math.max(0, Math.min(max, Math.min(maxPoolSize, MOST) - user));
    }

    int failures() {
        return failures;
    }

    /**
     * Lends so many carriers in all, as far as allowed.
     *
     * @param most see {@link #most}, without the helpers that are at work
     * @return true if it is more than before
     */
    boolean lend(int wanted, int most, long now) {
        int allowed = Math.min(wanted, most);
        if (isHolding(now)) {
            allowed = Math.min(allowed, view.poolSize() - user);
        }
        allowed = Math.max(0, allowed);
        if (allowed == lent) {
            return false;
        }
        boolean more = allowed > lent;
        if (!view.changeParallelism(user + lent, user + allowed)) {
            look();
            return false;
        }
        lent = allowed;
        return more;
    }

    /** Has carriers wake or start. */
    void wake(int carriers, long now) {
        if (isHolding(now)) {
            return;
        }
        try {
            for (int i = 0; i < carriers; i++) {
                view.signalWork();
            }
            hold = 0;
        } catch (Throwable notStarted) {
            failures++;
            hold = Math.min(LONGEST_HOLD_NANOS, Math.max(FIRST_HOLD_NANOS, 2 * hold));
            holdBegan = now;
            holding = true;
            lend(lent, lent, now);
        }
    }

    private boolean isHolding(long now) {
        if (holding && now - holdBegan >= hold) {
            holding = false;
        }
        return holding;
    }
}
