// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar again, in the plainest way and with none of the real code: what the real one is held against. */
record ReferencePattern(boolean onlyNative, String type, boolean subtypes, String method, String parameters) {
    private static final Pattern GRAMMAR = Pattern.compile("(native )?([^#+]+)(\\+)?#([^(]+)(\\(.*\\))?");

    static ReferencePattern of(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError(text);
        }
        return new ReferencePattern(matcher.group(1) != null, matcher.group(2), matcher.group(3) != null,
            matcher.group(4), matcher.group(5));
    }

    boolean means(FakeType fake, MethodShape shape) {
        boolean typeMeant = nameFits(fake.internalName()) || subtypes
            && fake.supertypes().stream().anyMatch(this::nameFits);
        return typeMeant && (!onlyNative || shape.isNative())
            && Pattern.matches(method.replace("*", ".*"), shape.name())
                && (parameters == null || shape.descriptor().startsWith(descriptor()));
    }

    private boolean nameFits(String internalName) {
        String regex = ("." + type).replace(".**", "(.SEGMENT)ANY").replace("*", "[^.]*").replace("ANY", "*")
                .replace("SEGMENT", "[^.]+").replace(".", "\\.").replace("[^\\.]", "[^.]");
        if (type.endsWith("**")) {
            regex = regex.substring(0, regex.length() - 1) + "+";
        }
        return Pattern.matches(regex, "." + internalName.replace('/', '.'));
    }

    private String descriptor() {
        return switch (parameters) {
            case "()" -> "()";
            case "(int)" -> "(I)";
            case "(long)" -> "(J)";
            case "(int, String)" -> "(ILjava/lang/String;)";
            case "(int...)", "(int[])" -> "([I)";
            default -> throw new AssertionError(parameters);
        };
    }

    boolean beats(ReferencePattern other) {
        List<Integer> mine = rank();
        List<Integer> others = other.rank();
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).equals(others.get(i))) {
                return mine.get(i) > others.get(i);
            }
        }
        return false;
    }

    private List<Integer> rank() {
        int typeRank = type.contains("*") ? 0 : subtypes ? 1 : 2;
        return List.of(typeRank, type.replace("*", "").length(), parameters == null ? 0 : 1, method.contains("*") ? 0
            : 1, method.replace("*", "").length(), onlyNative ? 1 : 0);
    }
}
