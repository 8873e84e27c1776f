// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import io.tpool.internal.offload.Mode;
import java.util.ArrayList;
import java.util.List;

/** Lists of patterns for tests, written {@code pool: pattern}; {@code exclude: pattern} excludes. */
final class Lists {
    private Lists() {
    }

    static MethodPatterns of(String... lines) {
        List<ListedPattern> listed = new ArrayList<>();
        List<MethodPattern> exclude = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            String pool = line.substring(0, colon);
            String pattern = line.substring(colon + 2);
            try {
                if (pool.equals("exclude")) {
                    exclude.add(MethodPattern.parseExclusion(pattern));
                } else {
                    listed.add(new ListedPattern(MethodPattern.parse(pattern), pool, Mode.TPOOL, "test:"
                        + listed.size()));
                }
            } catch (MalformedPatternException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        }
        return new MethodPatterns(listed, exclude);
    }

    /** What was selected, as {@code pool: method(descriptor)}. */
    static List<String> select(MethodPatterns patterns, TypeShape type) {
        List<String> selected = new ArrayList<>();
        for (Match match : patterns.select(type)) {
            selected.add(match.listed().pool() + ": " + match.method().name() + match.method().descriptor());
        }
        return selected;
    }
}
