package io.tpool.agent.config;

import io.tpool.offload.Mode;
import io.tpool.pool.Saturation;
import java.util.Locale;

/** What the value of a key may be. */
enum Form {
    BOOLEAN, MODE, THREADS, DURATION, STACK, SATURATION, LOG, TEXT;

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
     * @return Boolean, Mode, Integer, Long (milliseconds), Long (bytes), Saturation, LogLevel, String
     */
    Object parse(String value) throws WrongValue {
        if (this == BOOLEAN) {
            return parseBoolean(value);
        }
        if (this == MODE) {
            if (value.equalsIgnoreCase("auto")) {
                throw new WrongValue("the mode auto comes in a later release", "write tpool or handoff");
            }
            return oneOf(Mode.values(), value);
        }
        if (this == THREADS) {
            return (int) number(value, value, 1, Keys.MOST_THREADS, "a number of threads from 1 to 32767");
        }
        if (this == DURATION) {
            return duration(value);
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
        StringBuilder names = new StringBuilder("write ");
        for (int i = 0; i < all.length; i++) {
            if (all[i].name().equalsIgnoreCase(value)) {
                return all[i];
            }
            names.append(i == 0 ? "" : i == all.length - 1 ? " or " : ", ").append(all[i].name().toLowerCase(Locale.ROOT));
        }
        throw new WrongValue(quoted(value), names.toString());
    }

    private static Long duration(String value) throws WrongValue {
        String right = "write a duration from 1ms to 24h, as 250ms, 30s or 2m";
        long unit = value.endsWith("ms") ? 1 : value.endsWith("s") ? 1000 : value.endsWith("m") ? 60_000 : value.endsWith("h") ? 3_600_000 : 0;
        if (unit == 0) {
            throw new WrongValue(isNumber(value) ? quoted(value) + " has no unit" : quoted(value), right);
        }
        String digits = value.substring(0, value.length() - (unit == 1 ? 2 : 1)).stripTrailing();
        return number(value, digits, 1, Keys.LONGEST_KEEPALIVE / unit, right.substring("write ".length())) * unit;
    }

    private static Long stack(String value) throws WrongValue {
        String right = "write a size from 256k to 1024m, as 512k or 8m";
        char last = value.isEmpty() ? ' ' : Character.toLowerCase(value.charAt(value.length() - 1));
        long unit = last == 'k' ? 1 << 10 : last == 'm' ? 1 << 20 : last == 'g' ? 1 << 30 : 0;
        if (unit == 0) {
            throw new WrongValue(isNumber(value) ? quoted(value) + " has no unit" : quoted(value), right);
        }
        String digits = value.substring(0, value.length() - 1).stripTrailing();
        long least = (Keys.SMALLEST_STACK + unit - 1) / unit;
        return number(value, digits, least, Keys.LARGEST_STACK / unit, right.substring("write ".length())) * unit;
    }

    private static boolean isNumber(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return !digits.isEmpty();
    }

    private static long number(String value, String digits, long least, long most, String right) throws WrongValue {
        boolean negative = digits.length() > 1 && digits.charAt(0) == '-' && isNumber(digits.substring(1));
        if (!negative && !isNumber(digits)) {
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
