// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.guard.CaptureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** Feeds the analysis with what JFR would have seen. Time is in milliseconds. */
class AnalysisTest {

    private static final Stack STEP = Stacks.of("native org.acme.Db#step", "com.app.Main#work");
    private static final Stack FLUSH = Stacks.of("native org.acme.Db#flush", "com.app.Main#save");
    private static final Stack LOOP = Stacks.of("com.app.Hash#round", "com.app.Hash#derive", "com.app.Main#work");
    private static final Stack PARKED =
        Stacks.of("java.util.concurrent.locks.LockSupport#park", "com.app.Config#<clinit>", "com.app.Main#request");
    /** A scan: it calls one native for each row, another one for each column, and is in Java between them. */
    private static final Stack SCAN_STEP =
        Stacks.of("native org.acme.Db#step", "org.acme.Rows#next", "com.app.Main#report", "com.app.Main#run");
    private static final Stack SCAN_COLUMN =
        Stacks.of("native org.acme.Db#column", "org.acme.Rows#get", "com.app.Main#report", "com.app.Main#run");
    private static final Stack SCAN_AROUND =
        Stacks.of("org.acme.Rows#next", "com.app.Main#report", "com.app.Main#run");
    private static final int PERIOD = 20;

    private final Analysis analysis = new Analysis(Stacks.environment(25, 2), Bytecode.UNKNOWN);

    @Test
    void oneThreadInNativeCodeForASecondIsOneStretchOfASecond() {
        for (int time = 10; time < 1000; time += PERIOD) {
            sample(ThreadSample.Kind.NATIVE, time, 7, STEP);
        }
        Finding row = only(end(1000));
        assertEquals(1000, row.captured() / 1e6, 20);
        assertEquals(1000, row.longest() / 1e6, 20);
        assertEquals(1, row.stretches());
        assertEquals(1, row.threads());
        assertEquals("native org.acme.Db#step", row.line());
        assertEquals("com.app.Main#work", row.callers(1).get(0));
    }

    @Test
    void twoThreadsSampledInTurnHaveEachAllOfTheTime() {
        for (int i = 0; i < 100; i++) {
            sample(ThreadSample.Kind.NATIVE, i * PERIOD, 7 + i % 2, i % 2 == 0 ? STEP : FLUSH);
        }
        Findings findings = end(2000);
        assertEquals(2, findings.rows().size());
        for (Finding row : findings.rows()) {
            assertEquals(2000, row.captured() / 1e6, 60);
            assertEquals(1, row.stretches());
        }
        assertEquals(2000, findings.starved() / 1e6, 120);
        assertEquals(2, findings.outages().get(0).culprits().size());
    }

    @Test
    void samplesThatComeLateLoseNoTime() {
        Random random = new Random(3);
        double time = 0;
        for (int i = 0; i < 300; i++) {
            sample(ThreadSample.Kind.NATIVE, (long) time, 7 + i % 2, STEP);
            time += PERIOD * (1.2 + 0.5 * random.nextDouble());
        }
        assertEquals(2 * time, only(end((long) time)).captured() / 1e6, 0.05 * 2 * time);
    }

    @Test
    void platformThreadsInTheTurnTakeNothingAway() {
        for (int i = 0; i < 400; i++) {
            if (i % 4 == 0) {
                sample(ThreadSample.Kind.NATIVE, i * PERIOD, 7, STEP);
            } else {
                analysis.accept(new ThreadSample(ThreadSample.Kind.NATIVE, nanos(i * PERIOD), 0, 100 + i % 4, false,
                    null));
            }
        }
        assertEquals(8000, only(end(8000)).captured() / 1e6, 160);
    }

    @Test
    void shortCallsOfManyThreadsOnBusyCarriersAddUpToAllCarriers() {
        for (int i = 0; i < 500; i++) {
            sample(ThreadSample.Kind.NATIVE, i * PERIOD, 1000 + i, STEP);
        }
        Finding row = only(end(10_000));
        assertEquals(20_000, row.captured() / 1e6, 3000);
        assertEquals(500, row.threads());
    }

    @Test
    void rareShortCallsCountOnce() {
        Random random = new Random(1);
        int seen = 0;
        for (int i = 0; i < 5000; i++) {
            if (random.nextInt(20) == 0) {
                sample(ThreadSample.Kind.NATIVE, i * PERIOD, 1000 + i, STEP);
                seen++;
            }
        }
        assertEquals(seen * PERIOD, only(end(100_000)).captured() / 1e6, seen * PERIOD * 0.1);
    }

    @Test
    void aCallThatEndedBetweenTwoSamplesIsTwoStretches() {
        sample(ThreadSample.Kind.NATIVE, 0, 7, STEP);
        sample(ThreadSample.Kind.NATIVE, 20, 7, STEP);
        sample(ThreadSample.Kind.NATIVE, 200, 7, STEP);
        sample(ThreadSample.Kind.NATIVE, 220, 7, STEP);
        Finding row = only(end(400));
        assertEquals(2, row.stretches());
        assertTrue(row.captured() < nanos(120), row.captured() + " ns");
    }

    @Test
    void politeThreadsAreNotListed() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(400) == 0) {
                sample(ThreadSample.Kind.NATIVE, i * PERIOD, 1000 + i, STEP);
            } else if (random.nextInt(10) == 0) {
                sample(ThreadSample.Kind.JAVA, i * PERIOD + 3, 1000 + i, LOOP);
            }
        }
        Findings findings = end(400_000);
        assertTrue(findings.lines().isEmpty(), () -> findings.lines().toString());
        assertEquals(Reason.TOO_LITTLE, only(findings).reason());
    }

    @Test
    void aCallThatIsOverBeforeItsCallerIsDoneIsTooShort() {
        for (int i = 0; i < 1000; i++) {
            sample(i % 2 == 0 ? ThreadSample.Kind.NATIVE : ThreadSample.Kind.JAVA, i * PERIOD, 1000 + i / 50,
                i % 2 == 0 ? STEP : Stacks.of("com.app.Main#work"));
        }
        Findings findings = end(20_000);
        Finding row = findings.rows().stream().filter(each -> each.kind == CaptureKind.NATIVE).findAny().orElseThrow();
        assertEquals(Reason.TOO_SHORT, row.reason());
        assertNull(row.line());
    }

    @Test
    void aThreadThatComputesWithoutAPauseIsToldApart() {
        for (int time = 0; time < 2000; time += PERIOD) {
            sample(ThreadSample.Kind.JAVA, time, 7, time % 40 == 0 ? LOOP
                : Stacks.of("com.app.Hash#mix", "com.app.Hash#derive", "com.app.Main#work"));
        }
        Finding row = only(end(2000));
        assertEquals(CaptureKind.COMPUTING, row.kind);
        assertEquals("com.app.Hash#derive", row.line());
        assertEquals(2000, row.captured() / 1e6, 60);
    }

    @Test
    void computingWithPausesIsNoHog() {
        for (int time = 0; time < 5000; time += PERIOD) {
            if (time % 200 < 140) {
                sample(ThreadSample.Kind.JAVA, time, 7, LOOP);
            }
        }
        assertTrue(end(5000).rows().isEmpty());
    }

    @Test
    void aPinnedParkIsToldApart() {
        Stack stack =
            Stacks.of("java.util.concurrent.locks.LockSupport#park", "com.app.Queue#take",
            "native org.acme.Db#forEach", "com.app.Main#work");
        analysis.accept(new ThreadSample(ThreadSample.Kind.PINNED_PARK, nanos(100), nanos(700), 7, true, stack));
        Finding row = only(end(1000));
        assertEquals(CaptureKind.PINNED, row.kind);
        assertEquals(nanos(700), row.captured());
        assertEquals("native org.acme.Db#forEach", row.line());
    }

    @Test
    void whatTheJdkLendsForDoesNotCountAsCapturingAll() {
        Bytecode lends = lending();
        Stack read =
            Stacks.of("native java.io.FileInputStream#readBytes", "java.lang.Process$PipeInputStream#read",
            "com.app.Main#read");
        Analysis lent = new Analysis(Stacks.environment(25, 2), lends);
        for (int i = 0; i < 100; i++) {
            lent.accept(new ThreadSample(ThreadSample.Kind.NATIVE, nanos(i * PERIOD), 0, 7 + i % 2, true, read));
        }
        lent.covers(nanos(2000));
        Findings findings = lent.findings(true);
        assertEquals(0, findings.starved());
        assertEquals(Reason.JDK_LENDS, only(findings).reason());
    }

    @Test
    void moreCapturedCarriersThanTheSchedulerHasOfItsOwnAreLentOnes() {
        analysis.covers(0);
        for (int thread = 1; thread <= 5; thread++) {
            analysis.accept(new ThreadSample(ThreadSample.Kind.PINNED_PARK, nanos(100), nanos(1000), thread, true,
                PARKED));
        }
        Findings findings = end(2000);
        assertEquals(0, findings.starved());
        assertEquals(5, findings.mostCarriers());
        String text = TextReport.of(findings);
        assertTrue(text.contains("Carriers were lent, by the JDK or the guard: up to 5 were there at once."), text);
    }

    @Test
    void whatStandsStillIsFoundAndItsEventCountsOnlyTheRest() throws IOException {
        StandingThreads standing = new StandingThreads();
        try (RecordedClasses none = new RecordedClasses(Path.of(""), null, null)) {
            GuardStacks stacks = new GuardStacks(none, Set.of());
            for (int time : new int[] {100, 600, 1100}) {
                standing.look(ThreadPrint.of(ThreadPrintTest.PARKED).carried(), nanos(time));
                analysis.accept(standing, stacks);
            }
            assertEquals(nanos(1000), only(analysis.findings(true)).captured());
            analysis.accept(new ThreadSample(ThreadSample.Kind.PINNED_PARK, nanos(0), nanos(1300), 26, true,
                stacks.read(ThreadPrint.of(ThreadPrintTest.PARKED)
                .carried().get(26L).stack())));
        }
        Finding row = only(end(2000));
        assertEquals(nanos(1200), row.captured());
        assertEquals(nanos(1300), row.longest());
        assertEquals("Clinit$Config#<clinit>", row.captor.id());
        assertEquals("Clinit#request", row.line());
    }

    @Test
    void shortNativesInALoopAreTheLoopsBusiness() {
        // several samples in a row are in the native, which is no long call
        Finding row = looping(i -> i % 12 > 8 ? SCAN_AROUND : SCAN_STEP);
        assertEquals(Reason.LOOPS, row.reason());
        assertEquals("com.app.Main#report", row.line());
    }

    @Test
    void nativesThatTakeTurnsInALoopAreShort() {
        Finding row = looping(i -> i % 3 == 2 ? SCAN_COLUMN : SCAN_STEP);
        assertEquals(Reason.LOOPS, row.reason());
        assertEquals("com.app.Main#report", row.line());
    }

    @Test
    void longCallsInALoopAreListedThemselves() {
        Finding row = looping(i -> i % 30 == 29 ? SCAN_COLUMN : SCAN_STEP);
        assertEquals("native org.acme.Db#step", row.line());
    }

    @Test
    void oneNativeInALoopAndElsewhereIsTwoMatters() {
        Stack order = Stacks.of("native org.acme.Db#step", "org.acme.Insert#execute", "com.app.Main#order");
        Finding row = looping(i -> i / 60 % 5 == 4 ? order : i % 12 > 8 ? SCAN_AROUND : SCAN_STEP);
        assertEquals(Reason.LOOPS, row.reason());
        assertEquals("com.app.Main#report", row.line());
    }

    @Test
    void samplesThatComeLateHideNoLoop() {
        // of six samples in the native one is followed in time
        Finding row = looping(i -> i % 7 == 6 ? SCAN_COLUMN : SCAN_STEP, i -> 400L * i - (i % 7 == 6 ? 380 : 0));
        assertEquals(Reason.LOOPS, row.reason());
        assertEquals("com.app.Main#report", row.line());
    }

    @Test
    void aRareComputationIsNotListed() {
        for (int time = 0; time < 260; time += PERIOD) {
            sample(ThreadSample.Kind.JAVA, time, 7, LOOP);
        }
        Finding row = only(end(60_000));
        assertEquals(CaptureKind.COMPUTING, row.kind);
        assertEquals(Reason.TOO_LITTLE, row.reason());
    }

    /** The row with the most time, of threads whose method report loops. */
    private static Finding looping(IntFunction<Stack> stacks) {
        return looping(stacks, i -> (long) i * PERIOD);
    }

    private static Finding looping(IntFunction<Stack> stacks, IntToLongFunction millis) {
        Analysis looping = new Analysis(Stacks.environment(25, 2), new Bytecode() {
            @Override
            public boolean holdsMonitor(Frame frame) {
                return false;
            }

            @Override
            public boolean loops(Frame frame) {
                return frame.method().name().equals("report");
            }

            @Override
            public boolean bindsByReflection(MethodRef method) {
                return false;
            }
        });
        for (int i = 0; i < 1000; i++) {
            Stack stack = stacks.apply(i);
            ThreadSample.Kind kind = Adviser.hasNative(stack) ? ThreadSample.Kind.NATIVE : ThreadSample.Kind.JAVA;
            looping.accept(new ThreadSample(kind, millis.applyAsLong(i) * 1_000_000, 0, 7 + i / 60, true, stack));
        }
        looping.covers(millis.applyAsLong(1000) * 1_000_000);
        return looping.findings(true).rows().stream().filter(each -> each.kind == CaptureKind.NATIVE).findFirst()
            .orElseThrow();
    }

    @Test
    void theGuardsMeasureIsTakenWhereThereIsOne() {
        for (int i = 0; i < 100; i++) {
            sample(ThreadSample.Kind.NATIVE, i * PERIOD, 7 + i % 2, STEP);
        }
        analysis.starved(nanos(3));
        Findings findings = end(2000);
        assertEquals(nanos(3), findings.starved());
        assertTrue(TextReport.of(findings).contains("3.0 ms in all, measured by the guard"),
            () -> TextReport.of(findings));
    }

    @Test
    void aPinnedParkOnAPoolThreadIsNotFound() {
        Environment environment = Stacks.environment(25, 2);
        environment.moved().add("com.app.Main#request", 5, 0);
        Analysis again = new Analysis(environment, Bytecode.UNKNOWN);
        again.accept(new ThreadSample(ThreadSample.Kind.PINNED_PARK, nanos(100), nanos(700), 7, true, PARKED));
        assertTrue(again.findings(true).rows().isEmpty());
    }

    private static Bytecode lending() {
        return new LendingBytecode("java.lang.Process$PipeInputStream#read");
    }

    @Test
    void waitingForAMonitorCountsOnlyWhereItPins() {
        ThreadSample waiting =
            new ThreadSample(ThreadSample.Kind.MONITOR, nanos(100), nanos(700), 7, true,
            Stacks.of("synchronized org.acme.Db#exec", "com.app.Main#work"));
        analysis.accept(waiting);
        assertTrue(end(1000).rows().isEmpty());
        Analysis before24 = new Analysis(Stacks.environment(21, 2), Bytecode.UNKNOWN);
        before24.accept(waiting);
        assertEquals("com.app.Main#work", only(before24.findings(true)).line());
    }

    @Test
    void whatIsListedAlreadyIsNotFoundAgain() {
        Environment environment = Stacks.environment(25, 2);
        environment.moved().add("org.acme.Db#step", 5, 1);
        Analysis again = new Analysis(environment, Bytecode.UNKNOWN);
        for (int i = 0; i < 50; i++) {
            again.accept(new ThreadSample(ThreadSample.Kind.NATIVE, nanos(i * PERIOD), 0, 7, true, STEP));
        }
        Findings findings = again.findings(true);
        assertTrue(findings.rows().isEmpty());
        assertEquals(1000, findings.moved() / 1e6, 60);
    }

    @Test
    void whatIsListedAndStaysIsFoundAndNotAdvised() {
        for (String listed : List.of("org.acme.Db#step", "com.app.Main#work")) {
            Environment environment = Stacks.environment(25, 2);
            environment.moved().add(listed, 500, 0);
            environment.moved().stays(listed);
            Analysis again = new Analysis(environment, Bytecode.UNKNOWN);
            for (int i = 0; i < 50; i++) {
                again.accept(new ThreadSample(ThreadSample.Kind.NATIVE, nanos(i * PERIOD), 0, 7, true, STEP));
            }
            Finding row = only(again.findings(true));
            assertEquals(1000, row.captured() / 1e6, 60);
            assertEquals(Reason.STAYS, row.reason());
            assertNull(row.line());
        }
    }

    @Test
    void aLineThatAnotherOneCoversIsLeftOut() {
        Stack foreign =
            Stacks.of("hidden jdk.internal.foreign.abi.DowncallStub.0x2#invoke", "com.app.Main#work",
            "com.app.Main#run");
        for (int i = 0; i < 100; i++) {
            sample(ThreadSample.Kind.NATIVE, i * PERIOD, 7 + i % 2, i % 2 == 0 ? STEP : foreign);
        }
        Findings findings = end(2000);
        assertEquals(2, findings.rows().size());
        assertEquals(List.of("com.app.Main#work"), List.copyOf(findings.lines().keySet()));
    }

    @Test
    void oneHundredThousandThreadsStayWithinAFewMegabytes() {
        for (int i = 0; i < 100_000; i++) {
            sample(ThreadSample.Kind.NATIVE, i * PERIOD, 1 + i, STEP);
        }
        Findings findings = end(2_000_000);
        assertEquals(100_000, only(findings).threads());
        assertTrue(findings.timeLine().values().stream().mapToInt(slots -> slots.length).sum() < 1000);
    }

    private void sample(ThreadSample.Kind kind, long time, long thread, Stack stack) {
        analysis.accept(new ThreadSample(kind, nanos(time), 0, thread, true, stack));
    }

    private Findings end(long time) {
        analysis.covers(0);
        analysis.covers(nanos(time));
        return analysis.findings(true);
    }

    private static Finding only(Findings findings) {
        assertEquals(1, findings.rows().size(), () -> TextReport.of(findings));
        return findings.rows().get(0);
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
