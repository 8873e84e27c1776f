// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MethodPatternsTest {
    private static final byte[] NO_CLASS_FILE = {};

    @Test
    void aClassMayMatchByItsExactNameOrByAWildcard() {
        MethodPatterns patterns = Lists.of("default: com.acme.Store#flush", "default: org.rocksdb.**#*");

        assertTrue(patterns.mayMatch("com/acme/Store"));
        assertTrue(patterns.mayMatch("org/rocksdb/util/Sizes"));
        assertFalse(patterns.mayMatch("com/acme/Stores"));
        assertFalse(patterns.mayMatch("java/lang/String"));
        assertFalse(patterns.hasSubtypePatterns());
        assertFalse(patterns.mayMatch("com/acme/Other", NO_CLASS_FILE));
    }

    @Test
    void aClassWithoutANameMatchesNothing() {
        MethodPatterns patterns = Lists.of("default: **#*", "default: java.lang.Object+#*");

        assertFalse(patterns.mayMatch(null));
        assertFalse(patterns.mayMatch(null, NO_CLASS_FILE));
    }

    @Test
    void withoutPatternsNothingMatches() {
        MethodPatterns patterns = Lists.of("exclude: **#*");

        assertTrue(patterns.isEmpty());
        assertFalse(patterns.mayMatch("com/acme/Store"));
        assertFalse(patterns.mayMatch("com/acme/Store", NO_CLASS_FILE));
        assertEquals(List.of(), patterns.select(new FakeType("com.acme.Store").method("flush()V")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "java/lang/Thread", "java/lang/Thread$FieldHolder", "java/lang/VirtualThread",
            "java/util/concurrent/ForkJoinPool",
        "java/util/concurrent/locks/LockSupport", "jdk/internal/misc/Blocker", "io/tpool/internal/hook/Move",
    })
    void theThreadMachineryNeverMatchesNotEvenThroughAWildcard(String internalName) {
        MethodPatterns patterns = Lists.of("default: **#*", "default: java.lang.Runnable+#*");
        FakeType type = new FakeType(internalName).method("run()V").extending("java.lang.Runnable");

        assertFalse(patterns.mayMatch(internalName));
        assertFalse(patterns.mayMatch(internalName, NO_CLASS_FILE));
        assertEquals(List.of(), patterns.select(type));
        assertEquals(0, type.lookUps);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "com.acme.Store#put                          | put(I)V put(Ljava/lang/String;)V put()V",
        "com.acme.Store#put()                        | put()V",
        "com.acme.Store#put(int)                     | put(I)V",
        "com.acme.Store#put(long)                    | ''",
        "com.acme.Store#put(String)                  | put(Ljava/lang/String;)V",
        "com.acme.Store#put(java.lang.String)        | put(Ljava/lang/String;)V",
        "com.acme.Store#put(com.acme.String)         | ''",
        "com.acme.Store#format(String, Object...)    | format(Ljava/lang/String;[Ljava/lang/Object;)V",
        "com.acme.Store#format(String, Object[])     | format(Ljava/lang/String;[Ljava/lang/Object;)V",
        "com.acme.Store#format(String)               | ''",
        "com.acme.Store#putAll(String[], int)        | putAll([Ljava/lang/String;I)V",
        "com.acme.Store#putAll(String, int)          | ''",
        "com.acme.Store#putAll(String[][], int)      | ''",
        "com.acme.Store#entry(java.util.Map$Entry)   | entry(Ljava/util/Map$Entry;)V",
        "com.acme.Store#entry(java.util.Map.Entry)   | ''",
        "com.acme.Store#unnamed(Type)                | unnamed(LType;)V",
        "com.acme.Store#all(boolean, byte, char, short, int, long, float, double) | all(ZBCSIJFD)V",
        "com.acme.Store#*put*                        | put(I)V put(Ljava/lang/String;)V put()V "
            + "putAll([Ljava/lang/String;I)V",
        "com.acme.Store#p*l                          | putAll([Ljava/lang/String;I)V",
        "native com.acme.Store#*                     | sync()V",
        "native com.acme.Store#put                   | ''",
        "com.acme.Store#sync                         | sync()V",
    })
    void namesAndParametersSelectMethods(String pattern, String expected) {
        FakeType type = new FakeType("com.acme.Store").method("<init>()V").method("<clinit>()V").method("put(I)V")
                .method("put(Ljava/lang/String;)V").method("put()V").method("putAll([Ljava/lang/String;I)V")
                .method("entry(Ljava/util/Map$Entry;)V").method("unnamed(LType;)V").method("all(ZBCSIJFD)V")
                .method("sync()V", FakeType.NATIVE).method("format(Ljava/lang/String;[Ljava/lang/Object;)V");

        List<String> selected = Lists.select(Lists.of("default: " + pattern), type);

        assertEquals(expected, String.join(" ", selected).replace("default: ", ""));
    }

    @Test
    void constructorsAndAbstractMethodsAreNeverSelected() {
        FakeType type =
            new FakeType("com.acme.Store").method("<init>()V").method("<clinit>()V")
            .method("flush()V", FakeType.ABSTRACT);

        assertEquals(List.of(), Lists.select(Lists.of("default: com.acme.Store#*", "default: **#*"), type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "one: com.acme.Store#*        | two: com.acme.**#flush        | one",
        "one: com.acme.**#flush       | two: com.acme.Store#*         | two",
        "one: com.acme.Store+#flush   | two: com.acme.Store#*         | two",
        "one: com.acme.**#flush       | two: com.acme.Base+#*         | two",
        "one: com.**#flush            | two: com.acme.**#*            | two",
        "one: com.acme.Store#flush    | two: com.acme.Store#flush()   | two",
        "one: com.acme.Store#*        | two: com.acme.Store#flush     | two",
        "one: com.acme.Store#fl*      | two: com.acme.Store#f*        | one",
        "one: com.acme.Store#flush    | two: native com.acme.Store#flush | two",
        "one: com.acme.St*#flush      | two: com.acme.*re#flush       | one",
        "one: com.acme.*re#flush      | two: com.acme.St*#flush       | one",
    })
    void theMoreSpecificPatternWinsAndAmongEqualsTheFirst(String first, String second, String winner) {
        FakeType type = new FakeType("com.acme.Store").method("flush()V", FakeType.NATIVE).extending("com.acme.Base");

        assertEquals(List.of(winner + ": flush()V"), Lists.select(Lists.of(first, second), type));
    }

    @ParameterizedTest
    @ValueSource(strings =
        {"com.acme.Store#flush", "com.acme.**#fl*", "**#*", "com.acme.Base+#flush()", "native com.acme.*#*"})
    void excludeWinsOverEverything(String exclusion) {
        FakeType type = new FakeType("com.acme.Store").method("flush()V", FakeType.NATIVE).extending("com.acme.Base");

        assertEquals(List.of(),
            Lists.select(Lists.of("default: com.acme.Store#flush()", "exclude: " + exclusion), type));
    }

    @Test
    void excludeTakesNoMoreThanItNames() {
        FakeType type = new FakeType("com.acme.Store").method("flush()V").method("close()V");

        assertEquals(List.of("default: close()V"),
                Lists.select(Lists.of("default: com.acme.Store#*", "exclude: com.acme.Store#flush",
                "exclude: com.acme.X+#*"), type));
    }

    @Test
    void aPlusTakesTheTypeItselfAndWhatExtendsIt() {
        MethodPatterns patterns = Lists.of("default: com.acme.Base+#flush");

        assertTrue(patterns.mayMatch("com/acme/Base"));
        assertTrue(patterns.hasSubtypePatterns());
        assertEquals(1, patterns.select(new FakeType("com.acme.Base").method("flush()V")).size());
        assertEquals(1,
            patterns.select(new FakeType("org.Store").method("flush()V").extending("com.acme.Base")).size());
        assertEquals(0,
            patterns.select(new FakeType("org.Store").method("flush()V").extending("com.acme.Other")).size());
    }

    @Test
    void supertypesAreLookedUpOnlyWhereAMethodFits() {
        MethodPatterns patterns = Lists.of("default: com.acme.Base+#flush", "exclude: com.acme.Base+#close");
        FakeType without = new FakeType("org.Store").method("close()V").extending("com.acme.Base");
        FakeType itself = new FakeType("com.acme.Base").method("flush()V");

        patterns.select(without);
        patterns.select(itself);

        assertEquals(0, without.lookUps);
        assertEquals(0, itself.lookUps);
    }

    @Test
    void aBridgeIsLeftOutForTheMethodThatItStandsFor() {
        FakeType type = new FakeType("com.acme.Task").method("call()Ljava/lang/String;")
                .method("call()Ljava/lang/Object;", FakeType.BRIDGE);

        assertEquals(List.of("default: call()Ljava/lang/String;"),
            Lists.select(Lists.of("default: com.acme.Task#call"), type));
    }

    @Test
    void aBridgeThatStandsForAnInheritedMethodIsSelected() {
        FakeType type = new FakeType("com.acme.Task").method("call(I)V").method("call()V", FakeType.BRIDGE);

        assertEquals(List.of("default: call(I)V", "default: call()V"),
            Lists.select(Lists.of("default: com.acme.Task#call"), type));
    }
}
