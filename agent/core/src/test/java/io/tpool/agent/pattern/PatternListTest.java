// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PatternListTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                              | ``",
        "` , ,\t\n`                      | ``",
        "A#a                             | A#a",
        "A#a,B#b                         | A#a;B#b",
        "`A#a B#b\tC#c\nD#d`             | A#a;B#b;C#c;D#d",
        "`,A#a , , B#b,`                 | A#a;B#b",
        "A#a(int, long),B#b              | A#a(int, long);B#b",
        "A#a(int, long) B#b()            | A#a(int, long);B#b()",
        "A#a (int) B#b                   | A#a (int);B#b",
        "native A#a, B#b                 | native A#a;B#b",
        "`native\n  A#a(int) native B#b` | `native\n  A#a(int);native B#b`",
        "native, A#a                     | native;A#a",
        "A#a native                      | A#a;native",
        "nativeA#a B#b                   | nativeA#a;B#b",
        "A#a(int, B#b                    | A#a(int;B#b",
        "A#a(int, B#b(long)              | A#a(int;B#b(long)",
        "A#a(int                         | A#a(int",
        "(A#a) B#b                       | (A#a);B#b",
        "(                               | (",
        "A#a)) B#b                       | A#a));B#b",
        "A#a(int)void B#b                | A#a(int)void;B#b",
    })
    void listsAreTakenApart(String list, String expected) {
        List<String> patterns = texts(list == null ? "" : list);

        assertEquals(expected == null ? "" : expected, String.join(";", patterns));
    }

    @Test
    void eachPatternKnowsWhereItBegins() {
        String list = "  A#a(int, long),\n native B#b  C#c";

        for (PatternList.Element element : PatternList.split(list)) {
            assertEquals(element.text(), list.substring(element.offset(), element.offset() + element.text().length()));
        }
        assertEquals(List.of("A#a(int, long)", "native B#b", "C#c"), texts(list));
    }

    private static List<String> texts(String list) {
        List<String> texts = new ArrayList<>();
        for (PatternList.Element element : PatternList.split(list)) {
            texts.add(element.text());
        }
        return texts;
    }
}
