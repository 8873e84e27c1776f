// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the text of a {@code .properties} file as {@link java.util.Properties} does, and remembers the lines. A
 * continued line counts from its first line on. A malformed {@code \}{@code uXXXX} is a problem of its line alone. A
 * backslash that is the last of the text makes a blank line, where the JDK finds an empty key.
 */
final class PropertiesText {
    private final String text;
    private final String file;
    private final List<Problem> problems;
    private final List<RawValue> values = new ArrayList<>();
    private int at;
    private int line = 1;

    private final StringBuilder key = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private int[] breaks = new int[16];
    private int breakCount;
    private boolean malformed;

    PropertiesText(String text, String file, List<Problem> problems) {
        this.text = text;
        this.file = file;
        this.problems = problems;
    }

    /** @return the settings in their order, also those of a key that stands twice */
    List<RawValue> read() {
        skipBlanks();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isLineEnd(c)) {
                skipLineEnd();
            } else if (c == '#' || c == '!') {
                skipComment();
            } else if (c == '\\' && (at + 1 == text.length() || isLineEnd(text.charAt(at + 1)))) {
                at++; // a continuation of nothing is a blank line
            } else {
                readSetting();
            }
            skipBlanks();
        }
        return values;
    }

    private void readSetting() {
        int first = line;
        key.setLength(0);
        value.setLength(0);
        breakCount = 0;
        malformed = false;
        readKey();
        skipBlanksAndContinuations();
        if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
            at++;
            skipBlanksAndContinuations();
        }
        breakCount = 0;
        int firstOfValue = line;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            readCharacter(value);
        }
        if (malformed) {
            problems.add(new Problem(Source.line(file, first), key.toString(), "has a malformed \\uXXXX",
                    "write \\u and four hexadecimal digits, or \\\\ for a backslash"));
        } else {
            values.add(new RawValue(key.toString(), value.toString(), file, first, breaksFrom(first, firstOfValue)));
        }
    }

    /** A value may begin on a later line than its key. */
    private int[] breaksFrom(int first, int firstOfValue) {
        if (first == firstOfValue) {
            return Arrays.copyOf(breaks, breakCount);
        }
        int[] all = new int[breakCount + 2];
        all[1] = firstOfValue;
        System.arraycopy(breaks, 0, all, 2, breakCount);
        return all;
    }

    private void readKey() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '=' || c == ':' || isBlank(c) || isLineEnd(c)) {
                return;
            }
            readCharacter(key);
        }
    }

    private void readCharacter(StringBuilder into) {
        char c = text.charAt(at++);
        if (c != '\\') {
            into.append(c);
            return;
        }
        if (at == text.length()) {
            return;
        }
        c = text.charAt(at);
        if (isLineEnd(c)) {
            continueOnNextLine(into);
            return;
        }
        at++;
        switch (c) {
            case 't' -> into.append('\t');
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 'f' -> into.append('\f');
            case 'u' -> readUnicode(into);
            default -> into.append(c);
        }
    }

    private void continueOnNextLine(StringBuilder into) {
        skipLineEnd();
        skipBlanks();
        if (breakCount == breaks.length) {
            breaks = Arrays.copyOf(breaks, breaks.length * 2);
        }
        breaks[breakCount++] = into.length();
        breaks[breakCount++] = line;
    }

    private void readUnicode(StringBuilder into) {
        int c = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? hexDigit(text.charAt(at)) : -1;
            if (digit < 0) {
                malformed = true;
                return;
            }
            c = c << 4 | digit;
            at++;
        }
        into.append((char) c);
    }

    /** ASCII only, as in {@link java.util.Properties}. */
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private void skipBlanksAndContinuations() {
        skipBlanks();
        while (at + 1 < text.length() && text.charAt(at) == '\\' && isLineEnd(text.charAt(at + 1))) {
            at++;
            skipLineEnd();
            skipBlanks();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void skipComment() {
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
    }

    private void skipLineEnd() {
        if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at++;
        }
        at++;
        line++;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
