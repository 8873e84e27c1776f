// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * The TYPE of a pattern. {@code *} stands for any characters inside one segment, {@code **} for any number of segments:
 * none or more before and between others ({@code com.**.Driver} takes {@code com.Driver}), one or more at the end
 * ({@code org.rocksdb.**} takes whatever lies under {@code org.rocksdb}). Immutable.
 *
 * @since 1.0
 */
public final class TypePattern {
    /** Any number of segments. */
    private static final Glob ANY_SEGMENTS = new Glob("**");

    private final String text;
    private final String internalName;
    private final String literalStart;
    private final Glob[] segments;

    /** @param text a type that {@link PatternParser} has found to be well-formed, with dots */
    TypePattern(String text) {
        this.text = text;
        String slashed = text.replace('.', '/');
        int star = slashed.indexOf('*');
        this.internalName = star < 0 ? slashed : null;
        this.literalStart = star < 0 ? slashed : slashed.substring(0, star);
        this.segments = star < 0 ? null : compile(slashed);
    }

    private static Glob[] compile(String slashed) {
        List<Glob> segments = new ArrayList<>();
        int start = 0;
        while (start <= slashed.length()) {
            int end = slashed.indexOf('/', start);
            if (end < 0) {
                end = slashed.length();
            }
            String segment = slashed.substring(start, end);
            boolean last = end == slashed.length();
            if (segment.equals("**")) {
                segments.add(ANY_SEGMENTS);
                if (last) {
                    segments.add(new Glob("*"));
                }
            } else {
                segments.add(new Glob(segment));
            }
            start = end + 1;
        }
        return segments.toArray(new Glob[0]);
    }

    /**
     * Tells whether a type of this name is meant. Allocates nothing.
     *
     * @param name internal name, {@code com/acme/Outer$Inner}
     * @return true if so; types that extend it are not looked at
     */
    public boolean matches(String name) {
        if (internalName != null) {
            return internalName.equals(name);
        }
        return name.startsWith(literalStart) && matchesSegments(name);
    }

    /** After a mismatch the last {@code **} takes one segment more. */
    private boolean matchesSegments(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n <= name.length()) {
            if (p < segments.length && segments[p] == ANY_SEGMENTS) {
                star = p++;
                resume = n;
                continue;
            }
            int end = endOfSegment(name, n);
            if (p < segments.length && segments[p].matches(name, n, end)) {
                p++;
                n = end + 1;
            } else if (star >= 0) {
                p = star + 1;
                resume = endOfSegment(name, resume) + 1;
                n = resume;
            } else {
                return false;
            }
        }
        return p == segments.length;
    }

    private static int endOfSegment(String name, int from) {
        int end = name.indexOf('/', from);
        return end < 0 ? name.length() : end;
    }

    /**
     * Gives the internal name of the one type that this pattern names.
     *
     * @return null if it holds a wildcard
     */
    public String internalName() {
        return internalName;
    }

    /** The internal name up to the first wildcard. */
    String literalStart() {
        return literalStart;
    }

    /** Characters that are spelled out. */
    int literals() {
        return new Glob(text).literals();
    }

    /**
     * Gives the pattern as it was written.
     *
     * @return with dots
     */
    @Override
    public String toString() {
        return text;
    }
}
