// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.guard.Capture;
import io.tpool.internal.guard.CaptureKind;
import io.tpool.internal.guard.Starvation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureRecordingTest {
    private static final long SECOND = 1_000_000_000L;
    /** What the two clocks may be apart, one of them compared with the other some milliseconds after a start. */
    private static final double EXACT = 0.05;

    @TempDir
    Path directory;

    @Test
    void anEventHasTheTimeOfTheCaptureAndNotThatAtWhichItIsTold() throws IOException {
        Instant now = Instant.now();
        List<RecordedEvent> events = recorded(recording -> recording.captured(capture(5 * SECOND, 3 * SECOND)));
        RecordedEvent event = events.getFirst();
        assertEquals(3, seconds(event.getDuration()), 3 * EXACT);
        assertEquals(5, seconds(Duration.between(event.getStartTime(), now)), 5 * EXACT);
        assertEquals("A#b native #7 \"seven\" carrier-1", String.join(" ", event.getString("method"),
            event.getString("how"),
            event.getString("virtualThread"), event.getString("carrier")));
        assertEquals("A.b(Native Method)\nC.d(C.java:3)", event.getString("stack"));
    }

    @Test
    void shortCapturesAreLeftOutAndStarvationNever() throws IOException {
        List<RecordedEvent> events = recorded(recording -> {
            recording.captured(capture(SECOND, 2_000_000));
            recording.starved(new Starvation(System.nanoTime() - SECOND, 2_000_000, 4, 17, "A#b"));
        });
        assertEquals(List.of("io.tpool.Starvation"), events.stream().map(event -> event.getEventType().getName())
            .toList());
        RecordedEvent event = events.getFirst();
        assertEquals("4 17 A#b", event.getInt("carriers") + " " + event.getInt("waiting") + " "
            + event.getString("method"));
        assertTrue(event.getDuration().compareTo(Duration.ofMillis(1)) > 0, event::toString);
    }

    private interface Told {
        void to(CaptureRecording recording);
    }

    private List<RecordedEvent> recorded(Told told) throws IOException {
        Path file = directory.resolve("captures.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            CaptureRecording captures = new CaptureRecording();
            TimeUnit.MILLISECONDS.sleep(20);
            told.to(captures);
            recording.stop();
            recording.dump(file);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return RecordingFile.readAllEvents(file).stream().filter(event ->
            event.getEventType().getName().startsWith("io.tpool.")).toList();
    }

    private static Capture capture(long ago, long nanos) {
        StackTraceElement[] stack = {new StackTraceElement("A", "b", "A.java", -2), new StackTraceElement("C", "d",
            "C.java", 3)};
        return new Capture("A#b", CaptureKind.NATIVE, System.nanoTime() - ago, nanos, 7, "seven", "carrier-1", stack);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
