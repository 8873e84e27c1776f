// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the value of {@code methods} or {@code exclude} apart: patterns are separated by commas or white space, commas
 * inside parentheses separate nothing, and {@code native} belongs to the pattern after it.
 *
 * @since 1.0
 */
public final class PatternList {
    private final String text;
    private final List<Element> patterns = new ArrayList<>();
    private int at;

    /**
     * A pattern in a list.
     *
     * @param text the pattern
     * @param offset where it begins in the list
     */
    public record Element(String text, int offset) {
    }

    private PatternList(String text) {
        this.text = text;
    }

    /**
     * Splits a list. Never fails: what is malformed comes out as it stands, for {@link MethodPattern#parse} to refuse,
     * and does not swallow the patterns after it.
     *
     * @param text the list
     * @return the patterns in their order, none of them blank
     */
    public static List<Element> split(String text) {
        PatternList list = new PatternList(text);
        list.skipSeparators();
        while (list.at < text.length()) {
            list.patterns.add(list.next());
            list.skipSeparators();
        }
        return list.patterns;
    }

    private Element next() {
        int start = at;
        skipWord();
        if (text.startsWith("native", start) && at == start + "native".length()) {
            skipBlanks();
            skipWord();
        }
        int end = at;
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '(') {
            skipParameters();
            return new Element(text.substring(start, at), start);
        }
        at = end;
        return new Element(text.substring(start, end), start);
    }

    /** A {@code #} inside says that the list was never closed: then the pattern ended before the word that has it. */
    private void skipParameters() {
        int separator = -1;
        while (at < text.length() && text.charAt(at) != ')') {
            char c = text.charAt(at);
            if (c == '#' && separator >= 0) {
                at = separator;
                return;
            }
            if (isSeparator(c) && !isSeparator(text.charAt(at - 1))) {
                separator = at;
            }
            at++;
        }
        skipWord();
    }

    private void skipWord() {
        while (at < text.length() && !isSeparator(text.charAt(at)) && text.charAt(at) != '(') {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && PatternParser.isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void skipSeparators() {
        while (at < text.length() && isSeparator(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSeparator(char c) {
        return c == ',' || PatternParser.isBlank(c);
    }
}
