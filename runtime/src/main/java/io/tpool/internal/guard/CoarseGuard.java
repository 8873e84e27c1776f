// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The guard of a JVM that does not show its carriers: it sees how many virtual threads are mounted and how many
 * wait, but neither which carrier is captured nor by what. Where virtual threads wait, all carriers are in use,
 * and the wait does not get shorter for {@value #LOOKS_BEFORE} looks, it lends as many as there are, and gives
 * them back when less are in use. Captures are not counted.
 *
 * <p>Confined to its thread, but for the settings and the counts.
 */
final class CoarseGuard implements Runnable {
    private static final long TICK_NANOS = 10_000_000;
    private static final int LOOKS_BEFORE = 2;
    private static final int LOOKS_HELD = 50;

    private final SchedulerBean bean;
    private final Supplier<GuardSettings> settings;
    private final CaptureTotals totals;
    private final int maxPoolSize;
    private int user;
    private int lent;
    private long queuedBefore;
    private int stuck;
    private int free;

    CoarseGuard(SchedulerBean bean, Supplier<GuardSettings> settings, CaptureTotals totals, int maxPoolSize) {
        this.bean = bean;
        this.settings = settings;
        this.totals = totals;
        this.maxPoolSize = maxPoolSize;
    }

    @Override
    public void run() {
        for (;;) {
            try {
                look(settings.get());
            } catch (Throwable survived) {
                LockSupport.parkNanos(this, TICK_NANOS);
            }
            if (settings.get().mode() == GuardMode.ON) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                LockSupport.park(this);
            }
            Thread.interrupted();
        }
    }

    private void look(GuardSettings set) throws Throwable {
        int found = bean.parallelism();
        if (found != user + lent) {
            user = found;
            lent = 0;
        }
        int most = Math.max(0, Math.min(set.max(), maxPoolSize - user));
        int wanted = set.mode() == GuardMode.ON ? Math.min(most, want(bean.queued(), bean.mounted())) : 0;
        if (wanted != lent) {
            bean.parallelism(user + wanted);
            lent = wanted;
        }
        if (set.mode() == GuardMode.ON && bean.queued() > 0 && bean.mounted() < user + lent) {
            wake();
        }
        totals.publish(user, lent, 0);
    }

    /**
     * A change of the parallelism wakes no carrier, and a submission wakes one only if the queue that it lands in
     * is empty. A thread always submits to the same one of several queues; a new thread to any of them.
     */
    private static void wake() {
        GuardThreads.start(() -> Thread.startVirtualThread(() -> { }), "tpool-guard-wakes");
    }

    private int want(long queued, int mounted) {
        boolean all = mounted >= user + lent;
        stuck = queued > 0 && all && queued >= queuedBefore ? stuck + 1 : 0;
        queuedBefore = queued;
        free = all ? 0 : free + 1;
        if (stuck >= LOOKS_BEFORE) {
            stuck = 0;
            return lent + Math.max(1, Math.min(lent, (int) Math.min(queued, Integer.MAX_VALUE)));
        }
        if (free >= LOOKS_HELD && lent > 0) {
            free = 0;
            return Math.max(0, Math.min(lent, mounted - user));
        }
        return lent;
    }
}
