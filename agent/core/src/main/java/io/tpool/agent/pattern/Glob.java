// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.nio.charset.StandardCharsets;

/**
 * A name in which {@code *} stands for any characters, none among them. Matching allocates nothing and is never
 * exponential.
 */
final class Glob {
    private final String text;
    private final byte[] bytes;
    private final boolean exact;

    Glob(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.exact = text.indexOf('*') < 0;
    }

    boolean isExact() {
        return exact;
    }

    boolean isEverything() {
        return text.equals("*");
    }

    /** Characters that are spelled out. */
    int literals() {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '*') {
                count++;
            }
        }
        return count;
    }

    boolean matches(String name) {
        return exact ? text.equals(name) : matches(name, 0, name.length());
    }

    /**
     * Matches the part of a name from {@code from} up to {@code to}: after a mismatch the last star takes one character
     * more.
     */
    boolean matches(String name, int from, int to) {
        int p = 0;
        int n = from;
        int star = -1;
        int resume = from;
        while (n < to) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < text.length() && text.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        return onlyStarsFrom(p);
    }

    /** The same over the UTF-8 bytes of a name: no byte sequence of one character is part of another's. */
    boolean matches(byte[] name, int from, int to) {
        int p = 0;
        int n = from;
        int star = -1;
        int resume = from;
        while (n < to) {
            if (p < bytes.length && bytes[p] == '*') {
                star = p++;
                resume = n;
            } else if (p < bytes.length && bytes[p] == name[n]) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < bytes.length && bytes[p] == '*') {
            p++;
        }
        return p == bytes.length;
    }

    private boolean onlyStarsFrom(int p) {
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
