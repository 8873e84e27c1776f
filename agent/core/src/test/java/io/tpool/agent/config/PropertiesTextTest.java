// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PropertiesTextTest {
    private static final String[] PIECES = {
        "a", "b", "=", ":", " ", "\t", "\f", "\n", "\r", "\r\n", "\\", "\\\n", "\\\r\n", "#", "!", "\\u0041",
            "\\u00e4", "\\t", "\\n",
        "\\:", "\\=", "\\ ", "\\#", "ä", "key", "value", "\\\\", "\\q", "\n#x\n", "\ufeff", "\u0085", "\u2028",
    };

    @Test
    void readsWhateverTheJdkReadsAsTheJdkReadsIt() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(14); j > 0; j--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Properties expected = new Properties();
            expected.load(new StringReader(text.toString()));
            Map<String, String> actual = new HashMap<>();
            List<Problem> problems = new ArrayList<>();
            for (RawValue value : new PropertiesText(text.toString(), "f", problems).read()) {
                actual.put(value.key, value.value);
            }
            // A lone backslash at the end of the text gives the JDK an empty key.
            if (text.toString().stripTrailing().endsWith("\\")) {
                expected.remove("");
                actual.remove("");
            }

            assertEquals(expected, actual, () -> "text: "
                + text.toString().replace("\n", "<LF>").replace("\r", "<CR>"));
            assertTrue(problems.isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`a=1\nb=2\n\n# c\nd=3`            | a=1@1 b=2@2 d=3@5",
        "`a=1\r\nb=2\rc=3`                 | a=1@1 b=2@2 c=3@3",
        "`\n\n  a : 1\n! x=1 \\\nb 2`      | a=1@3 b=2@5",
        "`a=x\\\n  y\nb=2`                 | a=xy@1 b=2@3",
        "`a \\\n = \\\n x\\\n y\nb=2`      | a=xy@1 b=2@5",
        "`a\nb`                            | a=@1 b=@2",
        "`a=1\na=2`                        | a=1@1 a=2@2",
        "``                                | ``",
        "`\\`                              | ``",
    })
    void everySettingKnowsItsLine(String text, String expected) {
        StringBuilder actual = new StringBuilder();
        for (RawValue value : new PropertiesText(text == null ? "" : text, "f", new ArrayList<>()).read()) {
            actual.append(actual.isEmpty() ? "" : " ").append(value.key).append('=').append(value.value).append('@')
                    .append(value.source.text().substring(2));
        }

        assertEquals(expected == null ? "" : expected, actual.toString());
    }

    @Test
    void everyPlaceInAContinuedValueKnowsItsLine() {
        String text = "# list\nmethods = \\\n  A#a, \\\n  # not a comment \\\n\\\n  B#b \\\n";
        RawValue value = new PropertiesText(text, "f", new ArrayList<>()).read().get(0);

        assertEquals("A#a, # not a comment B#b ", value.value);
        assertEquals("f:2", value.source.text());
        assertEquals("f:3", value.sourceAt(0).text());
        assertEquals("f:3", value.sourceAt(value.value.indexOf(',')).text());
        assertEquals("f:4", value.sourceAt(value.value.indexOf('#', 4)).text());
        assertEquals("f:6", value.sourceAt(value.value.indexOf("B#b")).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a=\\u00g0", "a=\\u", "a=\\u12", "a=\\u\u0661234", "\\uxyzw=1"})
    void aMalformedEscapeIsAProblemOfItsSettingAlone(String malformed) {
        List<Problem> problems = new ArrayList<>();

        List<RawValue> values = new PropertiesText("x=1\n" + malformed + "\ny=2", "f", problems).read();

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).toString().startsWith("f:2: "), problems.get(0).toString());
        assertTrue(problems.get(0).toString().contains("malformed \\uXXXX"), problems.get(0).toString());
        assertEquals(2, values.size());
        assertEquals("y", values.get(1).key);
    }

    @Test
    void aProblemStaysOnOneLineWhateverTheKeyHolds() {
        Problem problem = new Problem(Source.ARGUMENT, "a\nb\u2028\u0000", "is\r\nwrong", "x".repeat(10_000));

        String line = problem.toString();

        assertTrue(line.startsWith("agent argument: a\\u000ab\\u2028\\u0000: is\\u000d\\u000awrong; xxx"), line);
        assertFalse(line.contains("\n"));
        assertTrue(line.length() < 700);
    }
}
