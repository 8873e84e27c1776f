// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TypePatternTest {
    @ParameterizedTest
    @CsvSource({
        "com.acme.Store,        com/acme/Store,            true",
        "com.acme.Store,        com/acme/Store$Inner,      false",
        "com.acme.Store,        com/acme/Stores,           false",
        "com.acme.Store$*,      com/acme/Store$Inner,      true",
        "com.acme.Store*,       com/acme/Store,            true",
        "com.acme.Store*,       com/acme/Store$Inner,      true",
        "com.acme.*,            com/acme/Store,            true",
        "com.acme.*,            com/acme/sub/Store,        false",
        "com.*.Store,           com/acme/Store,            true",
        "com.*.Store,           com/Store,                 false",
        "com.*.Store,           com/a/b/Store,             false",
        "*.Store,               com/Store,                 true",
        "*,                     Store,                     true",
        "*,                     com/Store,                 false",
        "org.rocksdb.**,        org/rocksdb/RocksDB,       true",
        "org.rocksdb.**,        org/rocksdb/util/A/B,      true",
        "org.rocksdb.**,        org/rocksdb,               false",
        "org.rocksdb.**,        org/rocksdbx/RocksDB,      false",
        "com.**.Store,          com/Store,                 true",
        "com.**.Store,          com/a/b/c/Store,           true",
        "com.**.Store,          com/a/Storey,              false",
        "**,                    Store,                     true",
        "**,                    com/acme/Store,            true",
        "**.Store,              Store,                     true",
        "**.Store,              com/acme/Store,            true",
        "**.Store,              com/acme/MyStore,          false",
        "**.*Store,             com/acme/MyStore,          true",
        "**.acme.**,            com/acme/Store,            true",
        "**.acme.**,            com/acme/acme/Store,       true",
        "**.acme.**,            com/acme,                  false",
        "**.**,                 Store,                     true",
        "a.**.b.**.c.*,         a/b/c/D,                   true",
        "a.**.b.**.c.*,         a/x/b/y/z/c/D,             true",
        "a.**.b.**.c.*,         a/x/b/y/z/D,               false",
        "a*b*c,                 abbbc,                     true",
        "a*b*c,                 abbbcd,                    false",
        "a*bc,                  abcbc,                     true",
    })
    void wildcardsKeepToTheirSegments(String pattern, String name, boolean matches) {
        assertEquals(matches, new TypePattern(pattern).matches(name));
    }

    @Test
    void matchingAgreesWithARegularExpressionOnManyRandomNames() {
        Random random = new Random(20_260_724);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String pattern = segments(random, true);
            String name = segments(random, false).replace('.', '/');
            boolean expected = Pattern.matches(regex(pattern), name);

            assertEquals(expected, new TypePattern(pattern).matches(name), () -> pattern + " on " + name);
            matched += expected ? 1 : 0;
        }
        assertEquals(true, matched > 10_000, "too few matches to mean anything: " + matched);
    }

    @Test
    void aPatternOfManyWildcardsTakesNoExponentialTime() {
        String pattern = "**.a*a*a*a*a*a*a*a*a*a*b.".repeat(40) + "**.x.Y";

        assertEquals(false, new TypePattern(pattern).matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/".repeat(400) + "Y"));
    }

    private static String segments(Random random, boolean wild) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ".");
            if (wild && random.nextInt(3) == 0) {
                text.append("**");
                continue;
            }
            int length = 1 + random.nextInt(3);
            char before = ' ';
            for (int j = 0; j < length; j++) {
                char c = wild && before != '*' && random.nextInt(3) == 0 ? '*' : random.nextBoolean() ? 'a' : 'b';
                text.append(c);
                before = c;
            }
        }
        return text.toString();
    }

    /** The documentation, word for word: none or more segments, but one or more at the end. */
    private static String regex(String pattern) {
        String[] segments = pattern.split("\\.");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("**")) {
                regex.append(last ? "[^/]+(/[^/]+)*" : "([^/]+/)*");
            } else {
                regex.append(segments[i].replace("*", "[^/]*")).append(last ? "" : "/");
            }
        }
        return regex.toString();
    }
}
