// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.message.Log;
import io.tpool.agent.observe.Discoverer;
import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.MethodFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.EventStream;

/**
 * Watches the application that the agent is attached to, from start to exit: {@code discover=true}.
 *
 * <p><b>Important</b>: never refer to this class where there may be no module {@code jdk.jfr}.
 *
 * @since 1.0
 */
public final class Discovery implements DiscoveryMXBean, Discoverer {
    private static final Duration NATIVE_PERIOD = Duration.ofMillis(10);
    private static final Duration JAVA_PERIOD = Duration.ofMillis(20);
    /** The stream is about a second behind; what it has read is not needed any more. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** Written before the recorder starts. */
    private String file;
    private final Environment environment = new Environment();
    private final RecordedClasses files =
        new RecordedClasses(Path.of(""), System.getProperty("java.class.path"), System.getProperty("java.home"));
    private final Analysis analysis; // guarded by itself, as is what stands still
    private final StandingThreads standing = new StandingThreads();
    private final EventFeed feed = new EventFeed(environment);
    private final Recording recording = new Recording();

    /** Made by the agent, or never. */
    public Discovery() {
        for (String key
            : List.of("jdk.virtualThreadScheduler.parallelism", "jdk.virtualThreadScheduler.maxPoolSize",
            "java.vm.specification.version", "java.vm.version", "java.vm.name")) {
            environment.property(key, System.getProperty(key));
        }
        environment.processors(Runtime.getRuntime().availableProcessors());
        environment.nativePeriod(NATIVE_PERIOD.toNanos());
        environment.javaPeriod(JAVA_PERIOD.toNanos());
        analysis = new Analysis(environment, files);
    }

    @Override
    public boolean start(String findings) {
        file = findings;
        try {
            watch();
            return true;
        } catch (IOException | RuntimeException | LinkageError e) {
            Log.warn("discover: the flight recorder does not start, so nothing is discovered: " + e);
            return false;
        }
    }

    @Override
    public void register(MBeanServer server) throws JMException {
        server.registerMBean(this, new ObjectName("io.tpool:type=Discovery"));
    }

    private void watch() throws IOException {
        recording.setName("tpool-discover");
        recording.setToDisk(true);
        recording.setMaxAge(KEPT);
        recording.enable(EventFeed.NATIVE_SAMPLE).withPeriod(NATIVE_PERIOD);
        recording.enable(EventFeed.JAVA_SAMPLE).withPeriod(JAVA_PERIOD);
        recording.enable(EventFeed.PINNED).withThreshold(Duration.ofMillis(5)).withStackTrace();
        recording.enable(EventFeed.CAPTURE).withThreshold(Duration.ofMillis(5));
        recording.enable(EventFeed.STARVATION);
        recording.enable(EventFeed.MONITOR_ENTER).withThreshold(Duration.ofMillis(5)).withStackTrace();
        Instant start = Instant.now();
        recording.start();
        FlightRecorder.addListener(new AtTheEnd());
        covers();
        EventStream events = EventStream.openRepository();
        events.setStartTime(start);
        events.setReuse(true);
        feed.watch(events, analysis);
        events.onFlush(this::lookWhatMoves);
        // startAsync's thread is no daemon: it would keep the application from ending
        Thread reader = new Thread(() -> read(events), "tpool-discover");
        reader.setDaemon(true);
        reader.setContextClassLoader(null);
        reader.start();
    }

    private static void read(EventStream events) {
        try (events) {
            events.start();
        } catch (RuntimeException e) {
            Log.warn("discover: the flight recording cannot be read any more, findings end here: " + e);
        }
    }

    private void covers() {
        synchronized (analysis) {
            analysis.covers(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        }
    }

    private void lookWhatMoves() {
        synchronized (analysis) {
            environment.moved().clear();
            for (MethodFigures figures : ListedMethods.figures()) {
                String method = OffloadedMethods.id(figures.method());
                environment.moved().add(method, figures.offloaded(), figures.pinned());
                if (figures.stays()) {
                    environment.moved().stays(method);
                }
            }
            standing.look(CarrierLook.now(), TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
            analysis.accept(standing, new GuardStacks(files, Set.of()));
        }
        covers();
    }

    /**
     * Writes the findings when the recording has stopped, which the JVM's exit does. JFR calls this on the thread that
     * stopped the recording, before it removes its files: no other shutdown hook could read what the stream has not
     * read yet.
     */
    private final class AtTheEnd implements FlightRecorderListener {
        @Override
        public void recordingStateChanged(Recording changed) {
            if (changed.getId() == recording.getId() && changed.getState() == RecordingState.STOPPED) {
                try {
                    readRest();
                } catch (IOException | RuntimeException e) {
                    Log.warn("discover: what happened in the last second is missing: " + e);
                }
                write();
                Log.flush();
            }
        }
    }

    private void readRest() throws IOException {
        lookWhatMoves();
        long last;
        synchronized (analysis) {
            last = feed.end();
        }
        Path rest = Files.createTempFile("tpool-discover", ".jfr");
        try {
            recording.dump(rest);
            try (EventStream events = EventStream.openFile(rest)) {
                new EventFeed(environment, last).watch(events, analysis);
                events.start();
            }
        } finally {
            Files.delete(rest);
        }
    }

    private void write() {
        if (file == null) {
            System.err.print(report());
            return;
        }
        try {
            Files.writeString(Path.of(file), file.endsWith(".html") ? html() : file.endsWith(".json") ? json()
                : report());
        } catch (IOException | InvalidPathException e) {
            Log.error("discover.file=" + file + ": cannot be written (" + e
                + "); give a file in a directory that exists");
        }
    }

    private <T> T look(Function<Findings, T> how) {
        synchronized (analysis) {
            return how.apply(analysis.findings(true));
        }
    }

    @Override
    public List<String> getMethods() {
        return look(findings -> List.copyOf(findings.lines().keySet()));
    }

    @Override
    public String getLines() {
        return look(TextReport::lines);
    }

    @Override
    public long getCapturedMillis() {
        return look(findings -> TimeUnit.NANOSECONDS.toMillis(findings.captured()));
    }

    @Override
    public double getCapturedShare() {
        return look(findings -> findings.share(findings.captured()));
    }

    @Override
    public long getStarvedMillis() {
        return look(findings -> TimeUnit.NANOSECONDS.toMillis(findings.starved()));
    }

    @Override
    public String report() {
        return look(TextReport::of);
    }

    @Override
    public String html() {
        return look(HtmlReport::of);
    }

    @Override
    public String json() {
        return look(JsonReport::of);
    }
}
