// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/**
 * Durations as users write them: {@code 500us}, {@code 250ms}, {@code 30s}, {@code 2m}, {@code 24h}.
 *
 * @since 1.0
 */
public final class DurationText {
    private static final int MOST_DIGITS = 9;

    private DurationText() {
    }

    /**
     * Reads one.
     *
     * @param text not null
     * @return nanoseconds; -1 if the text is no duration, or has more than nine digits
     */
    public static long nanos(String text) {
        String amount = unit(text) == 0 ? "" : amount(text);
        if (amount.isEmpty() || amount.length() > MOST_DIGITS || !isNumber(amount)) {
            return -1;
        }
        return Long.parseLong(amount) > Long.MAX_VALUE / unit(text) ? -1 : Long.parseLong(amount) * unit(text);
    }

    /** The nanoseconds of the unit at the end; 0 if there is none. */
    static long unit(String text) {
        if (text.endsWith("us")) {
            return 1_000;
        }
        if (text.endsWith("ms")) {
            return 1_000_000;
        }
        return switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
            case 's' -> 1_000_000_000;
            case 'm' -> 60_000_000_000L;
            case 'h' -> 3_600_000_000_000L;
            default -> 0;
        };
    }

    /** What precedes the unit. */
    static String amount(String text) {
        int unitLength = text.endsWith("ms") || text.endsWith("us") ? 2 : 1;
        return text.substring(0, text.length() - unitLength).stripTrailing();
    }

    /** True if there are digits and nothing else. */
    static boolean isNumber(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return !digits.isEmpty();
    }
}
