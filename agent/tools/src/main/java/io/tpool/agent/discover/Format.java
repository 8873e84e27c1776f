// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Figures for people. */
final class Format {

    private Format() {
    }

    static String duration(long nanos) {
        double millis = nanos / 1e6;
        if (millis < 9.95) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 999.5) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        if (millis < 99_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        return String.format(Locale.ROOT, "%d min %d s", Math.round(millis / 1000) / 60,
            Math.round(millis / 1000) % 60);
    }

    static String share(double share) {
        double percent = share * 100;
        return percent > 0 && percent < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String threads(int count) {
        return count == 1 ? "1 virtual thread" : String.format(Locale.ROOT, "%,d virtual threads", count);
    }

    static String carriers(int count) {
        return count == 1 ? "1 carrier" : count + " carriers";
    }

    /** Returns the time of day here of a time since the epoch. */
    static String time(long nanos) {
        return LocalTime.ofInstant(Instant.ofEpochSecond(0, nanos), ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
