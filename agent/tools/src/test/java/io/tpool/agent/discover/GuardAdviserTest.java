// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.guard.CaptureKind;
import io.tpool.internal.guard.CaptureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.example.check.Monitors;
import org.junit.jupiter.api.Test;

/** The rules of discover on stack traces, with class files for what these do not tell. */
class GuardAdviserTest {
    private static final Set<String> NOTHING = Set.of();

    @Test
    void aNativeIsListedItself() {
        assertEquals("list native org.acme.Db#step (the method itself)",
            advice(CaptureKind.NATIVE, NOTHING, nativeFrame("org.acme.Db", "step", null), frame("com.app.Main",
                "work")));
    }

    @Test
    void ofANativeOfAClassThatWasThereBeforeTheAgentTheCallerIsListed() {
        StackTraceElement[] stack = {nativeFrame("java.io.RandomAccessFile", "readBytes0", "java.base"),
            new StackTraceElement(null, "java.base", "21", "java.io.RandomAccessFile", "read", "RandomAccessFile.java",
                1), frame("com.app.Main", "work")};
        assertEquals("list java.io.RandomAccessFile#read (its class is loaded before any agent, so its caller)",
            advice(CaptureKind.NATIVE, Set.of("java.io.RandomAccessFile"), stack));
        assertEquals("list native java.io.RandomAccessFile#readBytes0 (the method itself)", advice(CaptureKind.NATIVE,
            NOTHING, stack));
    }

    @Test
    void ofAForeignFunctionWhoseFramesAreHiddenTheCallerIsListed() {
        assertEquals("list com.app.Disk#sync (the caller of a foreign function, which has no method of its own)",
            advice(CaptureKind.NATIVE, NOTHING, frame("com.app.Disk", "sync"), frame("com.app.Main", "work")));
    }

    @Test
    void aComputationIsListedByTheMethodThatTheGuardNames() {
        List<CaptureRow> rows = List.of(row("com.app.Main#work", CaptureKind.COMPUTING, frame("com.app.Main", "step"),
            frame("com.app.Main", "work")));
        assertEquals(List.of("list com.app.Main#work (computes without a pause)"), new GuardAdviser().advise(rows,
            NOTHING));
    }

    @Test
    void aRenamedNativeStandsForItselfAndItsWrapper() {
        assertEquals("list native org.acme.Db#step (the method itself)", advice(CaptureKind.NATIVE, NOTHING,
            nativeFrame("org.acme.Db", "$tpool$step", null), frame("org.acme.Db", "step"), frame("com.app.Main",
                "work")));
        try (RecordedClasses none = new RecordedClasses(Path.of(""), null, null)) {
            Stack stack = new GuardStacks(none, NOTHING).read(new StackTraceElement[] {nativeFrame("org.acme.Db",
                "$tpool$step", null),
                frame("org.acme.Db", "step"), frame("com.app.Main", "work"), frame("java.lang.VirtualThread", "run")});
            assertEquals(List.of("org.acme.Db#step", "com.app.Main#work"), stack.frames.stream().map(frame ->
                frame.method().id()).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theGuardAndDiscoverAdviseTheFirstMethodOutsideAClassInitialiser() {
        StackTraceElement park =
            new StackTraceElement(null, "java.base", "25", "jdk.internal.misc.Unsafe", "park", "Unsafe.java", -2);
        assertEquals("list com.app.Main#request (first method outside the class initialiser, which pins)",
            advice(CaptureKind.PINNED, NOTHING,
            park, frame("com.app.Config", "<clinit>"), frame("com.app.Main", "request")));
        assertEquals("list com.app.Main#request (waits here for a class that another thread initialises, "
            + "or for a monitor)",
            advice(CaptureKind.MONITOR, NOTHING, frame("com.app.Main", "request"), frame("com.app.Main", "run")));
    }

    @Test
    void nothingIsSaidOfWhatWasNotLookedAt() {
        assertEquals("", advice(CaptureKind.UNKNOWN, NOTHING));
        assertEquals("", advice(CaptureKind.NATIVE, NOTHING));
    }

    @Test
    void modifiersOverloadAndInstructionComeFromTheClassFile() throws IOException {
        try (RecordedClasses files = files()) {
            Stack stack = new GuardStacks(files, NOTHING).read(Monitors.outside());
            Frame guarded = stack.frames.stream().filter(frame -> frame.method().name().equals("guarded")).findFirst()
                .orElseThrow();
            assertTrue(guarded.method().isSynchronized(), stack.frames::toString);
            Frame block = stack.frames.stream().filter(frame -> frame.method().name().equals("inBlock")).findFirst()
                .orElseThrow();
            assertEquals("(Ljava/util/function/Supplier;I)[Ljava/lang/StackTraceElement;", block.method().descriptor());
            assertTrue(files.holdsMonitor(block), block::toString);
        }
    }

    @Test
    void beforeJdk24TheMethodAboveTheMonitorsIsListed() throws IOException {
        StackTraceElement[] trace = Monitors.outside();
        trace[0] = nativeFrame("org.acme.Db", "step", null);
        try (RecordedClasses files = files()) {
            Advice advice = new Adviser(Stacks.environment(21, 2), files).blocked(new GuardStacks(files,
                NOTHING).read(trace));
            assertEquals("list org.example.check.Monitors#outside (first method above the monitors, "
                + "which pin before JDK 24)", advice.text());
        }
    }

    private static RecordedClasses files() {
        return new RecordedClasses(Path.of(""),
            Monitors.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
            null);
    }

    private static String advice(CaptureKind kind, Set<String> loadedEarly, StackTraceElement... stack) {
        String method = stack.length == 0 ? "" : stack[0].getClassName() + "#" + stack[0].getMethodName();
        return new GuardAdviser().advise(List.of(row(method, kind, stack)), loadedEarly).getFirst();
    }

    private static CaptureRow row(String method, CaptureKind kind, StackTraceElement... stack) {
        return new CaptureRow(method, kind, 1, 1, 1, 1, "", stack);
    }

    private static StackTraceElement nativeFrame(String type, String method, String module) {
        return new StackTraceElement(null, module, null, type, method, null, -2);
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement("app", null, null, type, method, "Source.java", 1);
    }
}
