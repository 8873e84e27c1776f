// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.Locale;

/** How figures are written. */
enum Unit {
    /** Time. */
    NANOS(1_000, "ns", "µs", "ms", "s"),
    /** Memory. */
    BYTES(1_024, "B", "KiB", "MiB", "GiB"),
    /** How many. */
    COUNT(1_000_000, ""),
    /** A part of 1. */
    SHARE(1, "%");

    private static final double NOTHING = 0.005;

    private final double step;
    private final String[] names;

    Unit(double step, String... names) {
        this.step = step;
        this.names = names;
    }

    String format(double value) {
        if (this == SHARE) {
            return digits(100 * value) + " %";
        }
        double scaled = value;
        int name = 0;
        while (name < names.length - 1 && Math.abs(scaled) >= step) {
            scaled /= step;
            name++;
        }
        return (digits(scaled) + " " + names[name]).strip();
    }

    /** Three digits that matter, or as many as stand before the point. */
    static String digits(double value) {
        double size = Math.abs(value);
        String format = size < NOTHING ? "%.0f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, size < NOTHING ? 0.0 : value);
    }
}
