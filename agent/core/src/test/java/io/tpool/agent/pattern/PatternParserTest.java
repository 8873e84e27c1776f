// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PatternParserTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "com.acme.Store#flush",
        "com.acme.Outer$Inner#flush",
        "com.acme.Store$1#run",
        "Unnamed#run",
        "java.sql.Statement+#execute*",
        "org.rocksdb.**#*",
        "org.**.jni.*Native#*",
        "**#flush",
        "**.Driver+#connect",
        "*#run",
        "native org.sqlite.core.NativeDB#*",
        "native java.sql.Statement+#execute*(java.lang.String)",
        "com.acme.Store#flush()",
        "com.acme.Store#put(int, java.lang.String[], byte[][])",
        "com.acme.Store#put(Map$Entry)",
        "com.acme.Kotlin#put-8Xf2(int)",
        "com.acme.Store#lambda$flush$0",
        "com.größe.Lager#ausräumen",
        "nativelib.Store#flush",
    })
    void wellFormedPatternsReadBackAsTheyWereWritten(String text) throws MalformedPatternException {
        MethodPattern pattern = MethodPattern.parse(text);

        assertEquals(text, pattern.toString());
        assertEquals(pattern, MethodPattern.parse(pattern.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'  com.acme.Store#flush  '            | com.acme.Store#flush",
        "'native \t  com.acme.Store#flush'     | native com.acme.Store#flush",
        "com.acme.Store#put( int ,String... )  | com.acme.Store#put(int, String[])",
        "com.acme.Store#put (int)              | com.acme.Store#put(int)",
        "com.acme.Store#put(int [ ] [])        | com.acme.Store#put(int[][])",
        "com.acme.Store#put(int[]...)          | com.acme.Store#put(int[][])",
        "com.acme.Store#put(int ...)           | com.acme.Store#put(int[])",
        "com.acme.Store#put( )                 | com.acme.Store#put()",
    })
    void whiteSpaceAndVarargsAreReducedToOneForm(String written, String canonical) throws MalformedPatternException {
        assertEquals(canonical, MethodPattern.parse(written).toString());
        assertEquals(MethodPattern.parse(canonical), MethodPattern.parse(written));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                                     | is empty                 | com.acme.Store#flush",
        "native                                 | has nothing after        | native TYPE#METHOD",
        "com.acme.Store                         | has no '#METHOD'         | com.acme.Store#*",
        "com.acme.Store.flush                   | has no '#METHOD'         | write com.acme.Store#flush",
        "com.acme.Store.flush(int)              | has no '#METHOD'         | write com.acme.Store#flush",
        "com.acme.Store::flush                  | has no '#METHOD'         | write com.acme.Store#flush",
        "(int)                                  | has no '#METHOD'         | TYPE#METHOD",
        "#flush                                 | has no TYPE              | TYPE#METHOD",
        "+#flush                                | has no TYPE              | TYPE#METHOD",
        "com.acme.Store#                        | has no METHOD            | com.acme.Store#*",
        "com.acme.Store#()                      | has no METHOD            | com.acme.Store#*",
        "com/acme/Store#flush                   | has a '/' in its type    | write com.acme.Store",
        "com..Store#flush                       | empty segment            | TYPE#METHOD",
        ".Store#flush                           | empty segment            | TYPE#METHOD",
        "com.acme.#flush                        | empty segment            | TYPE#METHOD",
        "com.acme**#flush                       | '**' as part of a        | between dots",
        "com.**x.Store#flush                    | '**' as part of a        | between dots",
        "com.***.Store#flush                    | '**' as part of a        | between dots",
        "com.acme.Store++#flush                 | has a '+' in            | TYPE#METHOD",
        "com.+acme.Store#flush                  | has a '+' in            | TYPE#METHOD",
        "com.acme.List<String>#add              | has a '<' in            | TYPE#METHOD",
        "com.acme.Store[]#clone                 | has a '[' in            | TYPE#METHOD",
        "com.acme.Store #flush                  | has a ' ' in            | TYPE#METHOD",
        "static com.acme.Store#flush            | has a ' ' in            | TYPE#METHOD",
        "com.acme.Store#flush#x                 | second '#'               | comma",
        "com.acme.Store#a.b                     | has a '.' in            | TYPE#METHOD",
        "com.acme.Store#a+                      | has a '+' in            | TYPE#METHOD",
        "com.acme.Store#put(int                 | has no ')'               | () for none",
        "com.acme.Store#put)                    | has a ')' in            | TYPE#METHOD",
        "com.acme.Store#put(int)void            | after its parameters     | return type",
        "com.acme.Store#put(int)(int)           | after its parameters     | return type",
        "com.acme.Store#put(,)                  | is no type               | int, java.lang.String",
        "com.acme.Store#put(int,)               | is no type               | int, java.lang.String",
        "com.acme.Store#put(void)               | is no type               | int, java.lang.String",
        "com.acme.Store#put(int x)              | more than a type         | without its name",
        "com.acme.Store#put(List<String>)       | with type arguments      | java.util.List",
        "com.acme.Store#put(*)                  | wildcard                 | all overloads",
        "com.acme.Store#put(..)                 | wildcard                 | all overloads",
        "com.acme.Store#put(int..., int)        | not the last             | []",
        "com.acme.Store#put(...)                | is no type               | int, java.lang.String",
        "com.acme.Store#put([])                 | is no type               | int, java.lang.String",
        "com.acme.Store#put(int[3])             | is no type               | int[]",
        "com.acme.Store#put(int])               | is no type               | int[]",
        "com.acme.Store#put([I)                 | has a '[' in            | int, java.lang.String",
        "com.acme.Store#put(Ljava/lang/String;) | as in a class file       | int, java.lang.String",
        "com.acme.Store#put(java..String)       | is no type               | int, java.lang.String",
        "com.acme.Store#<init>                  | names a constructor      | the methods that it calls",
        "com.acme.Store#<init>(int)             | names a constructor      | the methods that it calls",
        "com.acme.Store#<clinit>                | class initialiser        | the methods that it calls",
        "com.acme.Store#new                     | names a constructor      | the methods that it calls",
        "com.acme.Store#<any>                   | has a '<' in            | TYPE#METHOD",
    })
    void malformedPatternsSayWhatIsWrongAndWhatWouldBeRight(String text, String wrong, String right) {
        for (boolean exclusion : new boolean[] {false, true}) {
            MalformedPatternException e = assertThrows(MalformedPatternException.class,
                    () -> parse(text == null ? "" : text, exclusion));

            assertTrue(e.getMessage().contains(wrong), e.getMessage());
            assertTrue(e.remedy().contains(right), e.remedy());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "java.lang.Thread#sleep", "java.lang.Thread+#run", "java.lang.Thread$Builder#start",
            "java.lang.VirtualThread#park",
        "java.lang.VirtualThread$*#*", "java.lang.BaseVirtualThread#park",
        "java.util.concurrent.locks.LockSupport#park",
        "java.util.concurrent.**#*", "java.util.concurrent.Thread*#*", "java.util.concurrent.Callable+#call",
        "jdk.internal.vm.Continuation#run", "jdk.internal.**#*", "io.tpool.TPool#execute", "native io.tpool.**#*",
    })
    void theThreadMachineryCannotBeListedButMayBeExcluded(String text) throws MalformedPatternException {
        MalformedPatternException e = assertThrows(MalformedPatternException.class, () -> MethodPattern.parse(text));

        assertTrue(e.getMessage().contains("names thread machinery"), e.getMessage());
        assertEquals(text, MethodPattern.parseExclusion(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "java.lang.ThreadLocal#get", "java.lang.Thread*#get", "java.util.concurrentx.Store#get", "java.lang.**#get",
            "**#get", "java.util.*#get", "jdk.net.Sockets#get", "io.tpoolx.Store#get", "java.lang.Runnable+#run",
    })
    void whatOnlyResemblesTheThreadMachineryMayBeListed(String text) throws MalformedPatternException {
        assertEquals(text, MethodPattern.parse(text).toString());
    }

    @Test
    void aPatternOfAMegabyteIsRefusedWithoutBeingSearched() {
        String text = "a.".repeat(500_000) + "A#b";

        MalformedPatternException e = assertThrows(MalformedPatternException.class, () -> MethodPattern.parse(text));

        assertTrue(e.getMessage().contains("longer than"), e.getMessage());
    }

    @Test
    void thePartsOfAPatternAreKept() throws MalformedPatternException {
        MethodPattern pattern = MethodPattern.parse("native com.acme.Store+#put*(int)");

        assertTrue(pattern.isOnlyNative());
        assertTrue(pattern.includesSubtypes());
        assertEquals("com/acme/Store", pattern.type().internalName());
        assertEquals("com.acme.Store", pattern.type().toString());
        assertFalse(MethodPattern.parse("com.acme.Store#put").includesSubtypes());
    }

    private static MethodPattern parse(String text, boolean exclusion) throws MalformedPatternException {
        return exclusion ? MethodPattern.parseExclusion(text) : MethodPattern.parse(text);
    }
}
