// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Whether a figure levels off: the median of the last third of its samples against the largest of the middle third. */
enum Levelling {
    /** After a garbage collection. */
    HEAP(Sample::heap, 10, 8 << 10),
    /** Classes that are never unloaded. */
    METASPACE(Sample::metaspace, 5, 2 << 10),
    /** So too. */
    CLASSES(Sample::classes, 5, 200),
    /** Pools are as large at one time as at another. */
    THREADS(Sample::threads, 0, 20),
    /** Allocators keep what they once had. */
    RESIDENT(Sample::resident, 10, 32 << 10),
    /** The JVM's own. */
    COMMITTED(Sample::committed, 5, 16 << 10);

    static final String RULE = "a figure levels off if the median of the last third of the samples is not above the "
            + "largest of the middle third by more than the percentage and the number given";
    private static final int FEWEST = 9;

    private final ToLongFunction<Sample> figure;
    private final int percent;
    private final long more;

    Levelling(ToLongFunction<Sample> figure, int percent, long more) {
        this.figure = figure;
        this.percent = percent;
        this.more = more;
    }

    /** True if there are too few samples to tell. */
    static boolean isTooShort(List<Sample> samples) {
        return samples.size() < FEWEST;
    }

    boolean holds(List<Sample> samples) {
        return isTooShort(samples) || last(samples) <= allowed(samples);
    }

    private long last(List<Sample> samples) {
        long[] sorted = samples.subList(samples.size() * 2 / 3,
                samples.size()).stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private long middle(List<Sample> samples) {
        long[] values = samples.subList(samples.size() / 3,
                samples.size() * 2 / 3).stream().mapToLong(figure).toArray();
        return Arrays.stream(values).max().orElse(0);
    }

    private long allowed(List<Sample> samples) {
        long middle = middle(samples);
        return middle + middle * percent / 100 + more;
    }

    String line(List<Sample> samples) {
        long begin = figure.applyAsLong(samples.get(0));
        long end = figure.applyAsLong(samples.get(samples.size() - 1));
        return String.format("%-10s begin %,12d  end %,12d  middle third %,12d  last third %,12d  (+%d%% +%,d)  %s",
                name().toLowerCase(Locale.ROOT),
                begin, end, middle(samples), last(samples), percent, more,
                isTooShort(samples) ? "too short to tell" : holds(samples) ? "levels off" : "GROWS");
    }
}
