// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiscoverCommandTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aRecordingWithoutTheEventsNamesTheSettings() throws IOException {
        assertFails("holds no jdk.NativeMethodSample", record("jdk.CPULoad").toString());
        assertTrue(text(err).contains("settings=default"));
    }

    @Test
    void aRecordingWithoutVirtualThreadsHasNothingToList() throws IOException {
        assertEquals(0, run(record("jdk.NativeMethodSample").toString()), () -> text(err));
        assertTrue(text(out).contains("# Nothing to list."), () -> text(out));
        assertTrue(text(out).contains("No virtual thread was seen on a carrier"), () -> text(out));
    }

    @Test
    void theWholeChunksOfARecordingThatIsCutOffAreAnalysed() throws IOException {
        byte[] whole = Files.readAllBytes(record("jdk.NativeMethodSample"));
        byte[] longer = Arrays.copyOf(whole, whole.length + whole.length / 2);
        System.arraycopy(whole, 0, longer, whole.length, whole.length / 2);
        assertEquals(0, run(Files.write(directory.resolve("cut.jfr"), longer).toString()), () -> text(err));
        assertTrue(text(out).contains("cut off"), () -> text(out));
    }

    @Test
    void aRecordingThatIsCutOffInItsFirstChunkCannotBeRead() throws IOException {
        byte[] whole = Files.readAllBytes(record("jdk.NativeMethodSample"));
        for (int length : new int[] {4, 60, 1000, whole.length - 1}) {
            assertFails("cut off or damaged",
                Files.write(directory.resolve("cut.jfr"), Arrays.copyOf(whole, length)).toString());
        }
    }

    @Test
    void whatIsNoRecordingIsCalledSo() throws IOException {
        assertFails("not a JFR recording", Files.writeString(directory.resolve("a.jfr"), "hello").toString());
        assertFails("not a JFR recording", Files.createFile(directory.resolve("empty.jfr")).toString());
        assertFails("not a file", directory.toString());
        assertFails("no such file", directory.resolve("nothing.jfr").toString());
    }

    @Test
    void whatIsNoProcessOfAJvmIsCalledSo() throws IOException {
        assertFails("no such process", "999999999");
        assertFails("this very process", Long.toString(ProcessHandle.current().pid()));
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            assertFails("not a JVM", Long.toString(other.pid()));
        } finally {
            other.destroy();
        }
    }

    @Test
    void aPageThatCannotBeWrittenIsToldBeforeAnythingIsDone() {
        assertFails("cannot be written", "nothing.jfr", "--html", directory.resolve("no/such/page.html").toString());
        assertFails("cannot be written", "nothing.jfr", "--html", directory.toString());
    }

    @Test
    void wrongUsageIsToldApart() {
        for (List<String> arguments
            : List.of(List.<String>of(), List.of(""), List.of("a.jfr", "b.jfr"), List.of("a.jfr", "--for", "5s"),
                List.of("1", "--for", "5"), List.of("1", "--for", "0s"), List.of("1", "--for"),
                List.of("a.jfr", "--nonsense"), List.of("a\0b"))) {
            err.reset();
            assertEquals(2, run(arguments.toArray(String[]::new)), arguments::toString);
            assertEquals(1, text(err).lines().count(), () -> text(err));
        }
    }

    private void assertFails(String message, String... arguments) {
        err.reset();
        assertEquals(1, run(arguments), () -> text(out));
        assertTrue(text(err).contains(message), () -> text(err));
        assertEquals(1, text(err).lines().count(), () -> text(err));
    }

    private int run(String... arguments) {
        return new DiscoverCommand().run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Path record(String event) throws IOException {
        Path file = directory.resolve(event + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(event);
            recording.enable("jdk.ActiveSetting");
            recording.enable("jdk.JVMInformation");
            recording.start();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
