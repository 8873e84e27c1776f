// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.internal.guard.GuardSettings;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.Saturation;
import java.util.Locale;

/** What the value of a key may be. */
enum ValueType implements ValueParser {
    BOOLEAN, MODE, GUARD, CARRIERS, PATIENCE, THREADS, DURATION, STACK, SATURATION, LOG, TEXT;

    private static final String[] GUARD_WORDS = {"on", "watch", Keys.GUARD_OFF};

    /** A value that is not of the form; the message says what is wrong. */
    static final class WrongValue extends Exception {
        private static final long serialVersionUID = 1;
        final String right;

        WrongValue(String wrong, String right) {
            super(wrong, null, false, false);
            this.right = right;
        }
    }

    /**
     * @param value without white space around it
     * @return Boolean, Mode, String (in lower case), Integer, Long (nanoseconds), Integer, Long (milliseconds), Long
     *     (bytes), Saturation, LogLevel, String
     */
    @Override
    public Object parse(String value) throws WrongValue {
        if (this == BOOLEAN) {
            return parseBoolean(value);
        }
        if (this == MODE) {
            return oneOf(Mode.values(), value);
        }
        if (this == GUARD) {
            return GUARD_WORDS[indexOf(GUARD_WORDS, value)];
        }
        if (this == CARRIERS) {
            return (int) number(value, value, 1, GuardSettings.LARGEST_MAX, "a number of carriers from 1 to 32767");
        }
        if (this == PATIENCE) {
            return nanos(value, GuardSettings.SHORTEST_PATIENCE_NANOS, GuardSettings.LONGEST_PATIENCE_NANOS,
                "a duration from 100us to 1m, as 500us, 1ms or 2s");
        }
        if (this == THREADS) {
            return (int) number(value, value, 1, Keys.MOST_THREADS, "a number of threads from 1 to 32767");
        }
        if (this == DURATION) {
            return nanos(value, 1_000_000, Keys.LONGEST_KEEPALIVE * 1_000_000,
                "a duration from 1ms to 24h, as 250ms, 30s or 2m")
                / 1_000_000;
        }
        if (this == STACK) {
            return stack(value);
        }
        if (this == SATURATION) {
            return oneOf(Saturation.values(), value);
        }
        if (this == LOG) {
            return oneOf(LogLevel.values(), value);
        }
        return value;
    }

    private static Boolean parseBoolean(String value) throws WrongValue {
        if (value.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        if (value.equalsIgnoreCase("false")) {
            return Boolean.FALSE;
        }
        throw new WrongValue(quoted(value), "write true or false");
    }

    private static <E extends Enum<E>> E oneOf(E[] all, String value) throws WrongValue {
        String[] words = new String[all.length];
        for (int i = 0; i < all.length; i++) {
            words[i] = all[i].name().toLowerCase(Locale.ROOT);
        }
        return all[indexOf(words, value)];
    }

    private static int indexOf(String[] words, String value) throws WrongValue {
        StringBuilder right = new StringBuilder("write ");
        for (int i = 0; i < words.length; i++) {
            if (words[i].equalsIgnoreCase(value)) {
                return i;
            }
            right.append(i == 0 ? "" : i == words.length - 1 ? " or " : ", ").append(words[i]);
        }
        throw new WrongValue(quoted(value), right.toString());
    }

    /** @return the duration in nanoseconds, from {@code least} to {@code most} */
    private static Long nanos(String value, long least, long most, String right) throws WrongValue {
        long unit = DurationText.unit(value);
        if (unit == 0) {
            throw new WrongValue(withoutUnit(value), "write " + right);
        }
        return number(value, DurationText.amount(value), (least + unit - 1) / unit, most / unit, right) * unit;
    }

    private static Long stack(String value) throws WrongValue {
        String right = "write a size from 256k to 1024m, as 512k or 8m";
        char last = value.isEmpty() ? ' ' : Character.toLowerCase(value.charAt(value.length() - 1));
        long unit = last == 'k' ? 1 << 10 : last == 'm' ? 1 << 20 : last == 'g' ? 1 << 30 : 0;
        if (unit == 0) {
            throw new WrongValue(withoutUnit(value), right);
        }
        String digits = value.substring(0, value.length() - 1).stripTrailing();
        long least = (Keys.SMALLEST_STACK + unit - 1) / unit;
        return number(value, digits, least, Keys.LARGEST_STACK / unit, right.substring("write ".length())) * unit;
    }

    private static String withoutUnit(String value) {
        return DurationText.isNumber(value) ? quoted(value) + " has no unit" : quoted(value);
    }

    static long number(String value, String digits, long least, long most, String right) throws WrongValue {
        boolean negative = digits.length() > 1 && digits.charAt(0) == '-' && DurationText.isNumber(digits.substring(1));
        if (!negative && !DurationText.isNumber(digits)) {
            throw new WrongValue(quoted(value), "write " + right);
        }
        long number = negative ? -1 : 0;
        for (int i = 0; i < digits.length() && number >= 0 && number <= most; i++) {
            number = number * 10 + digits.charAt(i) - '0';
        }
        if (number < least || number > most) {
            throw new WrongValue(quoted(value) + (number > most ? " is too much" : " is too little"), "write " + right);
        }
        return number;
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "is empty" : "'" + value + "'";
    }
}
