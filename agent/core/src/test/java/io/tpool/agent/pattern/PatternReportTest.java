// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatternReportTest {
    @Test
    void aPatternWhoseClassNeverCameSaysSo() {
        assertProblem("no class com.acme.Gone has been loaded so far", Lists.of("default: com.acme.Gone#flush"),
            new FakeType("org.Other"));
    }

    @Test
    void aPatternWithoutSuchAMethodNamesTheClassAndTheWayOut() {
        assertProblem("com.acme.Store declares no such method; list the type that declares it, or com.acme.Store+#flsh",
                Lists.of("default: com.acme.Store#flsh"), new FakeType("com.acme.Store").method("flush()V"));
    }

    @Test
    void aPatternSaysWhichClassesItWaitsFor() {
        assertProblem("no class that it means has been loaded so far", Lists.of("default: com.gone.**#flush"),
            new FakeType("org.Other"));
        assertProblem("no class that is, extends or implements com.acme.Gone and declares such a method has been "
            + "loaded so far",
                Lists.of("default: com.acme.Gone+#flush"), new FakeType("org.Other"));
    }

    @Test
    void onlyWhatHoldsWhateverIsLoadedLaterIsSettled() {
        assertSettled(true, "default: com.acme.Store#flsh");
        assertSettled(false, "default: com.acme.Gone#flush");
        assertSettled(false, "default: com.acme.**#flsh");
        assertSettled(false, "default: com.acme.Store+#flsh");
    }

    private static void assertSettled(boolean settled, String pattern) {
        MethodPatterns patterns = Lists.of(pattern);
        patterns.select(new FakeType("com.acme.Store").method("flush()V"));
        assertEquals(settled, patterns.listed().get(0).report().isSettled(), pattern);
    }

    @Test
    void whatTheJvmDidNotAcceptIsTakenBackAndWhatItAcceptedElsewhereStays() {
        PatternReport report = Lists.of("default: com.acme.Store#flush").listed().get(0).report();
        report.woven("com.acme.Store#flush()");
        report.woven("com.acme.Store#flush()");

        report.takenBack("com.acme.Store#flush()");
        assertNull(report.problem());

        report.takenBack("com.acme.Store#flush()");
        report.notWoven("com.acme.Store#flush()", NotWoven.REJECTED, null);
        assertTrue(report.problem().contains("was refused by the JVM"), report.problem());
    }

    @Test
    void aWildcardBlamesNoSingleClass() {
        assertProblem("no loaded class of these declares such a method",
                Lists.of("default: com.acme.**#flsh"), new FakeType("com.acme.Store").method("flush()V"));
    }

    @Test
    void aPatternWithOtherParametersNamesThoseThereAre() {
        assertProblem("with other parameters: com.acme.Store#put(long, byte[][]); list one of these",
                Lists.of("default: com.acme.Store#put(int)"), new FakeType("com.acme.Store").method("put(J[[B)V"));
    }

    @Test
    void aNativePatternNamesTheMethodThatIsNotNative() {
        assertProblem("not native, or with other parameters: com.acme.Store#put()",
                Lists.of("default: native com.acme.Store#put"), new FakeType("com.acme.Store").method("put()V"));
    }

    @Test
    void aPatternOnAnInterfaceSaysToTakeWhatImplementsIt() {
        assertProblem("java.sql.Statement#execute(java.lang.String) is abstract; list java.sql.Statement+#execute, "
            + "which takes",
                Lists.of("default: java.sql.Statement#execute"), new FakeType("java.sql.Statement")
                        .method("execute(Ljava/lang/String;)Z", FakeType.ABSTRACT));
    }

    @Test
    void aPlusPatternWithoutImplementationSaysSo() {
        assertProblem("java.sql.Statement#execute() is abstract, and no class that implements it has been loaded",
                Lists.of("default: java.sql.Statement+#execute"),
                new FakeType("java.sql.Statement").method("execute()Z", FakeType.ABSTRACT));
    }

    @Test
    void aPatternThatIsExcludedSaysSo() {
        assertProblem("com.acme.Store#flush() is excluded",
                Lists.of("default: com.acme.Store#flush", "exclude: com.acme.**#*"),
                new FakeType("com.acme.Store").method("flush()V"));
    }

    @Test
    void aPatternThatAnotherOutranksNamesTheOther() {
        assertProblem("com.acme.Store#flush() belongs to 'com.acme.Store#flush' (pool slow), "
            + "which is more specific or listed first",
                Lists.of("default: com.acme.*#flush", "slow: com.acme.Store#flush"),
                new FakeType("com.acme.Store").method("flush()V"));
    }

    @Test
    void whatCouldNotBeWovenIsReportedWithWhatToListInstead() {
        PatternReport report = Lists.of("default: java.util.zip.CRC32#*").listed().get(0).report();

        report.notWoven("java.util.zip.CRC32#update(int)", NotWoven.NATIVE_LOADED, null);
        assertEquals("java.util.zip.CRC32#update(int) is native, and its class was loaded before the agent;"
                + " list the Java method that calls it", report.problem());

        report.notWoven("java.util.zip.CRC32#reset()", NotWoven.NATIVE_LOADED, "java.util.zip.Checksum#reset");
        assertTrue(report.problem().startsWith("none of 2 methods could be woven: java.util.zip.CRC32#update(int)"),
            report.problem());
    }

    @Test
    void onceAMethodIsWovenThereIsNoProblemWhateverBecameOfTheOthers() {
        PatternReport report = Lists.of("default: com.acme.Store#*").listed().get(0).report();
        report.notWoven("com.acme.Store#sync()", NotWoven.BOUND_BY_NAME, "com.acme.Store#flush");

        report.woven("com.acme.Store#flush()");

        assertNull(report.problem());
    }

    @Test
    void aMethodWovenTwiceCountsOnce() {
        PatternReport report = Lists.of("default: com.acme.Store#*").listed().get(0).report();

        report.woven("com.acme.Store#flush()");
        report.woven("com.acme.Store#flush()");
        report.woven("com.acme.Store#close()");

        assertEquals(2, report.wovenCount());
    }

    @Test
    void classesGeneratedWithoutEndAreCountedWithoutBeingKept() {
        PatternReport report = Lists.of("default: com.acme.Store+#*").listed().get(0).report();
        for (int i = 0; i < 25_000; i++) {
            report.woven("com.acme.Store$$" + i + "#flush()");
        }

        assertEquals(25_000, report.wovenCount());
    }

    private static void assertProblem(String expected, MethodPatterns patterns, FakeType type) {
        patterns.select(type);

        String problem = patterns.listed().get(0).report().problem();

        assertTrue(problem.contains(expected), problem);
        assertEquals(-1, problem.indexOf('\n'));
    }
}
