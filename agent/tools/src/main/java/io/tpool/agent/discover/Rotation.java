// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many threads one native sample stands for.
 *
 * <p>Each period JFR samples <em>one</em> of the threads that are in native code, the next in turn
 * ({@code MAX_NR_OF_NATIVE_SAMPLES} in HotSpot's {@code jfrThreadSampler.cpp}, JDK 21 to 28). With two carriers
 * captured each is seen every other period only, and with an acceptor and three selectors beside them every sixth. So a
 * sample stands for as many periods as the turn has threads:
 * <ul>
 * <li>A thread that is seen again while no other was seen twice has sat in native code all the time; the samples from
 * one to the other are the turn. This is exact.
 * <li>Short calls are seen once each. If nobody was seen twice lately, the share of periods in which nobody was in
 * native code says how many were on average: with C carriers that are in native code with probability u, that share is
 * (1 - u)^C.
 * </ul>
 * Not thread-safe.
 */
final class Rotation {

    private static final int REMEMBERED = 1024;
    private static final double DECAY = 1.0 / 64;
    private static final int GAPS = 16;
    /**
     * Samples that are further apart than this are so because nobody was in native code between, not because they came
     * late.
     */
    private static final double LATEST = 1.8;

    private final Environment environment;
    private final Map<Long, long[]> seen = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, long[]> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<Long, Long> platformThreads = new HashMap<>();

    private long index;
    private long distinctFrom;
    private long lastTime = Long.MIN_VALUE;
    private double idle = 0.5;
    private long busyPeriods;
    private double turn = 1;
    private long turnIndex = Long.MIN_VALUE / 2;
    private boolean continued;
    private final long[] gaps = new long[GAPS];
    private long period;

    Rotation(Environment environment) {
        this.environment = environment;
        period = environment.nativePeriod();
    }

    /**
     * Takes a sample in, in the order of time.
     *
     * @return how many threads were in native code, this one included
     */
    double next(long time, long thread, boolean virtual) {
        index++;
        watchIdlePeriods(time);
        if (!virtual) {
            platformThreads.put(thread, index);
        }
        int most = environment.carriers() + platformThreadsInTurn();
        long[] previous = seen.put(thread, new long[] {index, time});
        continued = false;
        if (previous != null && previous[0] >= distinctFrom) {
            long gap = index - previous[0];
            distinctFrom = previous[0] + 1;
            if (gap <= most && time - previous[1] < (gap + Math.max(0.7, 0.35 * gap)) * period) {
                continued = true;
                turn = gap;
                turnIndex = index;
                return gap;
            }
        } else if (previous != null) {
            distinctFrom = Math.max(distinctFrom, previous[0] + 1);
        }
        return index - turnIndex <= 2L * most ? turn : averageInNativeCode();
    }

    /** Returns whether the thread of the last sample has been in native code since its sample before. */
    boolean continued() {
        return continued;
    }

    /** Returns how far samples are apart in truth, nanoseconds: on a busy machine JFR takes them late. */
    long period() {
        return period;
    }

    private void watchPeriod(long gap) {
        gaps[(int) (index % GAPS)] = gap;
        if (index > GAPS && index % 4 == 0) {
            long[] sorted = gaps.clone();
            Arrays.sort(sorted);
            long median = sorted[GAPS / 2];
            long nominal = environment.nativePeriod();
            period = median > nominal && median < LATEST * nominal ? median : nominal;
        }
    }

    private void watchIdlePeriods(long time) {
        if (lastTime != Long.MIN_VALUE) {
            watchPeriod(time - lastTime);
            long periods = Math.max(1, Math.round((double) (time - lastTime) / period));
            long idlePeriods = periods - 1;
            double kept = Math.pow(1 - DECAY, Math.min(periods, 1024));
            idle = idle * kept + (1 - kept) * idlePeriods / periods;
            busyPeriods = idlePeriods == 0 ? busyPeriods + 1 : 0;
        }
        lastTime = time;
    }

    private int platformThreadsInTurn() {
        platformThreads.values().removeIf(last -> last < index - 256);
        return platformThreads.size();
    }

    private double averageInNativeCode() {
        int carriers = environment.carriers();
        double share = Math.max(1.0 / (busyPeriods + 2), Math.min(idle, 0.999));
        if (busyPeriods >= 64) {
            share = 1.0 / (busyPeriods + 2);
        }
        double each = 1 - Math.pow(share, 1.0 / carriers);
        return Math.max(1, Math.min(carriers, carriers * each / (1 - share)));
    }
}
