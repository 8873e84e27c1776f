// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.EventType;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordingFile;

/** A recording file. */
final class RecordingAnalysis {

    private static final String SETTINGS =
        "record with settings=default or settings=profile, or add jdk.NativeMethodSample#enabled=true"
        + " jdk.NativeMethodSample#period=20ms";

    private final Path file;

    RecordingAnalysis(Path file) {
        this.file = file;
    }

    /**
     * Analyses the recording from its beginning to its end, or as far as it goes.
     *
     * @param workingDirectory where the application ran: what a relative class path starts from
     * @throws DiscoverException if it is not a recording, cannot be read, or has nothing that tells about captured
     *     carriers
     */
    Findings analyse(Path workingDirectory) throws DiscoverException {
        return analyse(workingDirectory, new StandingThreads());
    }

    /** As the other one, with what looks at the carriers have found meanwhile. */
    Findings analyse(Path workingDirectory, StandingThreads standing) throws DiscoverException {
        Chunks chunks = chunks();
        Environment environment = new Environment();
        describe(environment);
        Findings findings;
        try (RecordedClasses classFiles =
            new RecordedClasses(workingDirectory, environment.property("java.class.path"),
            environment.property("java.home"))) {
            Analysis analysis = new Analysis(environment, classFiles);
            analysis.covers(chunks.start());
            analysis.covers(chunks.end());
            boolean toTheEnd = run(new EventFeed(environment), analysis);
            analysis.accept(standing, new GuardStacks(classFiles, Set.of()));
            findings = analysis.findings(toTheEnd && !chunks.cut());
        } catch (IOException e) {
            throw new DiscoverException(file + ": cannot be read: " + e.getMessage());
        }
        if (findings.counts().nativeSamples() == 0 && !environment.nativeSampling()) {
            throw new DiscoverException(file
                + ": holds no jdk.NativeMethodSample, and nothing else tells of captured carriers: " + SETTINGS);
        }
        return findings;
    }

    private Chunks chunks() throws DiscoverException {
        if (!Files.exists(file)) {
            throw new DiscoverException(file + ": no such file; give a recording or the id of a process");
        }
        if (!Files.isRegularFile(file)) {
            throw new DiscoverException(file + ": not a file; give a recording (.jfr)");
        }
        try {
            if (!Chunks.isRecording(file)) {
                throw new DiscoverException(file
                    + ": not a JFR recording; make one with: jcmd PID JFR.start duration=60s filename=FILE");
            }
            Chunks chunks = Chunks.of(file);
            if (chunks.whole() == 0) {
                throw new DiscoverException(file
                    + ": cut off or damaged, nothing of it can be read; wait until JFR.stop or the end of the process"
                    + " before copying the file");
            }
            return chunks;
        } catch (IOException e) {
            throw new DiscoverException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads what describes the JVM from the first chunk; of the methods moved already from all chunks, if there are
     * any.
     */
    private void describe(Environment environment) throws DiscoverException {
        boolean offloads;
        try (RecordingFile recording = new RecordingFile(file)) {
            offloads = recording.readEventTypes().stream().map(EventType::getName)
                .anyMatch(List.of(EventFeed.OFFLOAD, EventFeed.METHOD)::contains);
        } catch (IOException | RuntimeException e) {
            offloads = false; // cut off: what can be read of it decides
        }
        EventFeed feed = new EventFeed(environment);
        try (EventStream stream = EventStream.openFile(file)) {
            feed.describe(stream);
            if (offloads) {
                feed.listed(stream);
            } else {
                stream.onEvent("jdk.JVMInformation", event -> stream.onFlush(stream::close));
            }
            start(stream);
        } catch (IOException e) {
            throw new DiscoverException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private boolean run(EventFeed feed, Analysis analysis) throws IOException {
        try (EventStream stream = EventStream.openFile(file)) {
            stream.setReuse(true);
            feed.watch(stream, analysis);
            return start(stream) == null;
        }
    }

    /** Runs a stream to its end, and returns what stopped it earlier, or null. */
    private static Throwable start(EventStream stream) {
        AtomicReference<Throwable> problem = new AtomicReference<>();
        stream.onError(error -> problem.compareAndSet(null, error));
        try {
            stream.start();
        } catch (RuntimeException | Error e) {
            problem.compareAndSet(null, e);
        }
        return problem.get();
    }
}
