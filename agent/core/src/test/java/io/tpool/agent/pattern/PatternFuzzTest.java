// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random input from fixed seeds: a failure can be seen again. */
@Timeout(120)
class PatternFuzzTest {
    private static final String[] PIECES = {
        "native", " ", "\t", "com", ".", "*", "**", "#", "+", "(", ")", ",", "int", "String", "[", "]", "...",
            "<init>", "$", "a", "B",
        "java.lang.Thread", "/", ";", "\u0000", "ä", "\ud83d", "-", "put", "com.acme.Store", "void", "<", ">",
    };
    private static final String[] TYPES = {"a.A", "a.B", "a.b.A", "b.A", "a.A$I", "A"};
    private static final String[] METHODS = {"run", "runAll", "put", "close"};
    private static final String[] DESCRIPTORS = {"()V", "(I)V", "(ILjava/lang/String;)V", "([I)V"};
    private static final String[] PARAMETERS = {"()", "(int)", "(int, String)", "(int...)", "(int[])", "(long)"};

    @Test
    void theParserThrowsNothingButItsOwnException() {
        Random random = new Random(1);
        int wellFormed = 0;
        for (int i = 0; i < 300_000; i++) {
            String text = pieces(random);
            try {
                MethodPattern pattern = MethodPattern.parse(text);
                assertEquals(pattern, MethodPattern.parse(pattern.toString()), text);
                wellFormed++;
            } catch (MalformedPatternException e) {
                assertFalse(e.getMessage().isBlank(), text);
                assertFalse(e.remedy().isBlank(), text);
            }
        }
        assertTrue(wellFormed > 1_000, "too few well-formed: " + wellFormed);
    }

    @Test
    void splittingLosesNothingButSeparators() {
        Random random = new Random(2);
        for (int i = 0; i < 300_000; i++) {
            String text = pieces(random);
            StringBuilder joined = new StringBuilder();
            for (PatternList.Element element : PatternList.split(text)) {
                assertFalse(element.text().isBlank(), text);
                joined.append(element.text());
            }
            assertEquals(withoutSeparators(text), withoutSeparators(joined.toString()), text);
        }
    }

    @Test
    void selectionAgreesWithTheDocumentationReadWordForWord() throws MalformedPatternException {
        Random random = new Random(3);
        int selections = 0;
        for (int i = 0; i < 60_000; i++) {
            List<String> listed = patterns(random, 4);
            List<String> excluded = patterns(random, 1);
            FakeType type = type(random);

            List<String> expected = reference(listed, excluded, type);
            List<String> actual = new ArrayList<>();
            MethodPatterns patterns = compile(listed, excluded);
            for (Match match : patterns.select(type)) {
                actual.add(match.method().name() + match.method().descriptor() + " by " + match.listed().source());
            }

            assertEquals(expected, actual, () -> listed + " without " + excluded + " on " + type.internalName());
            selections += actual.size();
            assertTrue(actual.isEmpty() || patterns.mayMatch(type.internalName()) || patterns.hasSubtypePatterns());
        }
        assertTrue(selections > 10_000, "too few selections: " + selections);
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append(random.nextInt(4) == 0 ? "native " : "").append("com.acme.Store")
                .append(random.nextBoolean() ? "#put" : "+#p*");
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String withoutSeparators(String text) {
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ',' && !PatternParser.isBlank(c)) {
                rest.append(c);
            }
        }
        return rest.toString();
    }

    private static List<String> patterns(Random random, int most) {
        String[] types = {"a.A", "a.B", "a.*", "a.**", "*.A", "**.A", "**", "a.A*", "A", "b.A"};
        String[] methods = {"run", "run*", "*", "put", "*l*"};
        List<String> patterns = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            patterns.add((random.nextInt(4) == 0 ? "native " : "") + any(random, types)
                + (random.nextInt(3) == 0 ? "+" : "") + "#"
                    + any(random, methods) + (random.nextInt(3) == 0 ? any(random, PARAMETERS) : ""));
        }
        return patterns;
    }

    private static String any(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static FakeType type(Random random) {
        FakeType type = new FakeType(any(random, TYPES));
        for (int i = random.nextInt(4); i > 0; i--) {
            int access = random.nextInt(3) == 0 ? FakeType.NATIVE : random.nextInt(4) == 0 ? FakeType.ABSTRACT : 0;
            type.method(any(random, METHODS) + any(random, DESCRIPTORS), access);
        }
        if (random.nextBoolean()) {
            type.extending(any(random, TYPES));
        }
        return type;
    }

    private static MethodPatterns compile(List<String> listed, List<String> excluded) throws MalformedPatternException {
        List<ListedPattern> patterns = new ArrayList<>();
        for (String text : listed) {
            patterns.add(new ListedPattern(MethodPattern.parse(text), "default", Mode.TPOOL, "" + patterns.size()));
        }
        List<MethodPattern> exclusions = new ArrayList<>();
        for (String text : excluded) {
            exclusions.add(MethodPattern.parseExclusion(text));
        }
        return new MethodPatterns(patterns, exclusions);
    }

    private static List<String> reference(List<String> listed, List<String> excluded, FakeType type) {
        List<String> result = new ArrayList<>();
        for (MethodShape method : type.methods()) {
            int best = -1;
            for (int i = 0; i < listed.size(); i++) {
                if (ReferencePattern.of(listed.get(i)).means(type, method)
                        && (best < 0
                        || ReferencePattern.of(listed.get(i)).beats(ReferencePattern.of(listed.get(best))))) {
                    best = i;
                }
            }
            boolean out = excluded.stream().anyMatch(text -> ReferencePattern.of(text).means(type, method));
            if (best >= 0 && !out && !method.isAbstract()) {
                result.add(method.name() + method.descriptor() + " by " + best);
            }
        }
        return result;
    }
}
