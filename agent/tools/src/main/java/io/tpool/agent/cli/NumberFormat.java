// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.Locale;

/** Numbers for people. */
final class NumberFormat {
    private NumberFormat() {
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count in five columns at most: {@code 12345}, {@code 1.2M}. */
    static String shortCount(long count) {
        if (count < 100_000) {
            return Long.toString(count);
        }
        double scaled = count;
        int unit = -1;
        while (scaled >= 999.5 && unit < 4) {
            scaled /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, scaled < 99.95 ? "%.1f%c" : "%.0f%c", scaled, "kMGTP".charAt(unit));
    }

    /** A duration of three digits or so: {@code 840 us}, {@code 1.24 s}. */
    static String duration(long micros, boolean unicode) {
        if (micros < 1_000) {
            return micros + (unicode ? " µs" : " us");
        }
        if (micros < 1_000_000) {
            return threeDigits(micros / 1e3) + " ms";
        }
        if (micros < 60_000_000L) {
            return threeDigits(micros / 1e6) + " s";
        }
        long seconds = micros / 1_000_000;
        return seconds < 3_600 ? seconds / 60 + "m " + seconds % 60 + "s"
            : seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
    }

    /** A duration that is known in milliseconds: {@code 0 ms}, {@code 1.24 s}. */
    static String millis(long millis, boolean unicode) {
        return millis < 1_000 ? millis + " ms" : duration(millis * 1_000, unicode);
    }

    private static String threeDigits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }
}
