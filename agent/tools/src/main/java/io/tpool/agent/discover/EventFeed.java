// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.EventType;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.MetadataEvent;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/** Knows JFR's events: what each of them tells about the JVM or about a thread. */
final class EventFeed {

    static final String NATIVE_SAMPLE = "jdk.NativeMethodSample";
    static final String JAVA_SAMPLE = "jdk.ExecutionSample";
    static final String PINNED = "jdk.VirtualThreadPinned";
    static final String MONITOR_ENTER = "jdk.JavaMonitorEnter";
    static final String CAPTURE = "io.tpool.Capture";
    static final String STARVATION = "io.tpool.Starvation";
    static final String OFFLOAD = "io.tpool.Offload";
    static final String METHOD = "io.tpool.Method";

    private final Environment environment;
    private final StackReader stacks;
    private final Map<Long, String> eventNames = new HashMap<>();
    private final long after;
    // guarded by the analysis
    private long last;
    private boolean ended;

    EventFeed(Environment environment) {
        this(environment, Long.MIN_VALUE);
    }

    /** Passes over samples up to a time, nanoseconds since the epoch. */
    EventFeed(Environment environment, long after) {
        this.environment = environment;
        this.after = after;
        last = after;
        stacks = new StackReader(environment);
    }

    /** Subscribes to what describes the JVM and the recording. */
    void describe(EventStream stream) {
        stream.onMetadata(this::metadata);
        stream.onEvent("jdk.InitialSystemProperty",
            event -> environment.property(event.getString("key"), event.getString("value")));
        stream.onEvent("jdk.JVMInformation", event -> environment.jvm(event.getString("jvmName")));
        stream.onEvent("jdk.CPUInformation", event -> environment.processors(event.getLong("hwThreads")));
        stream.onEvent("jdk.ContainerConfiguration",
            event -> environment.processors(event.getLong("effectiveCpuCount")));
        stream.onEvent("jdk.IntFlag", event -> {
            if ("ActiveProcessorCount".equals(event.getString("name"))) {
                environment.processors(event.getLong("value"));
            }
        });
        stream.onEvent("jdk.ActiveSetting", this::setting);
    }

    /** Subscribes to the methods that are listed already. */
    void listed(EventStream stream) {
        stream.onEvent(METHOD, event -> {
            String method = OffloadedMethods.id(event.getString("method"));
            environment.moved().add(method, event.getLong("offloaded"), event.getLong("pinned"));
            if (event.getBoolean("stays")) {
                environment.moved().stays(method);
            }
        });
        stream.onEvent(OFFLOAD, event -> {
            if (event.hasField("method") && event.hasField("outcome")) {
                String outcome = event.getString("outcome");
                boolean moved = "offloaded".equals(outcome) || "threw".equals(outcome);
                environment.moved()
                    .add(OffloadedMethods.id(event.getString("method")), moved ? 1 : 0, "pinned".equals(outcome) ? 1
                    : 0);
            }
        });
    }

    /** Subscribes to what says where threads are. Takes the analysis's monitor for each event. */
    void watch(EventStream stream, Analysis analysis) {
        stream.onEvent(NATIVE_SAMPLE, event -> sample(event, ThreadSample.Kind.NATIVE, analysis));
        stream.onEvent(JAVA_SAMPLE, event -> sample(event, ThreadSample.Kind.JAVA, analysis));
        stream.onEvent(PINNED, event -> waited(event, ThreadSample.Kind.PINNED_PARK, analysis));
        stream.onEvent(MONITOR_ENTER, event -> waited(event, ThreadSample.Kind.MONITOR, analysis));
        stream.onEvent(CAPTURE, event -> captured(event, analysis));
        stream.onEvent(STARVATION, event -> starved(event, Math.max(0, event.getDuration().toNanos()), analysis));
        Consumer<RecordedEvent> covers = event -> analysis.covers(nanos(event.getEndTime()));
        stream.onEvent("jdk.CPULoad", covers);
        stream.onEvent("jdk.ActiveRecording", covers);
    }

    private void sample(RecordedEvent event, ThreadSample.Kind kind, Analysis analysis) {
        RecordedThread thread = event.getThread("sampledThread");
        boolean virtual = thread != null && thread.isVirtual();
        synchronized (analysis) {
            if (isOld(event)) {
                return;
            }
            Stack stack = virtual ? stacks.read(event.getStackTrace()) : null;
            analysis.accept(new ThreadSample(kind, nanos(event.getStartTime()), 0, id(thread), virtual, stack));
        }
    }

    private void waited(RecordedEvent event, ThreadSample.Kind what, Analysis analysis) {
        RecordedThread thread = event.getThread();
        if (thread != null && thread.isVirtual()) {
            String why = event.hasField("pinnedReason") ? event.getString("pinnedReason") : null;
            ThreadSample.Kind kind = why != null && why.contains("initializ") ? ThreadSample.Kind.CLASS_INITIALISER
                : what;
            synchronized (analysis) {
                if (isOld(event)) {
                    return;
                }
                analysis.accept(new ThreadSample(kind, nanos(event.getStartTime()),
                    Math.max(0, event.getDuration().toNanos()), id(thread), true, stacks.read(event.getStackTrace())));
            }
        }
    }

    /** An event of the guard: it is there, and measures when virtual threads wait while all carriers are captured. */
    private void starved(RecordedEvent event, long nanos, Analysis analysis) {
        synchronized (analysis) {
            if (!isOld(event)) {
                analysis.starved(nanos);
            }
        }
    }

    private void captured(RecordedEvent event, Analysis analysis) {
        synchronized (analysis) {
            if (!isOld(event)) {
                String stack = event.hasField("stack") ? event.getString("stack") : null;
                analysis.captured(Math.max(0, event.getDuration().toNanos()), stack == null ? "" : stack);
            }
        }
    }

    private boolean isOld(RecordedEvent event) {
        long time = nanos(event.getEndTime());
        if (ended || time <= after) {
            return true;
        }
        last = Math.max(last, time);
        return false;
    }

    /**
     * Takes nothing in any more; to be called with the analysis's monitor held.
     *
     * @return the time of the last sample taken in
     */
    long end() {
        ended = true;
        return last;
    }

    private void metadata(MetadataEvent metadata) {
        for (EventType type : metadata.getEventTypes()) {
            eventNames.put(type.getId(), type.getName());
        }
    }

    private void setting(RecordedEvent event) {
        String type = eventNames.get(event.getLong("id"));
        String name = event.getString("name");
        String value = event.getString("value");
        if (NATIVE_SAMPLE.equals(type) && "enabled".equals(name) && "true".equals(value)) {
            environment.nativeSamplingOn();
        }
        long nanos = "period".equals(name) ? period(value) : 0;
        if (nanos > 0 && NATIVE_SAMPLE.equals(type)) {
            environment.nativePeriod(nanos);
        } else if (nanos > 0 && JAVA_SAMPLE.equals(type)) {
            environment.javaPeriod(nanos);
        }
    }

    /** Reads a setting as JFR writes it: {@code 20 ms}. Returns -1 for what is not a time. */
    static long period(String text) {
        String value = text == null ? "" : text.strip();
        int digits = 0;
        while (digits < value.length() && digits < 12 && Character.isDigit(value.charAt(digits))) {
            digits++;
        }
        if (digits == 0) {
            return -1;
        }
        long number = Long.parseLong(value.substring(0, digits));
        return switch (value.substring(digits).strip()) {
            case "ns" -> number;
            case "us" -> number * 1_000;
            case "ms" -> number * 1_000_000;
            case "s" -> Duration.ofSeconds(number).toNanos();
            default -> -1;
        };
    }

    private static long id(RecordedThread thread) {
        if (thread == null) {
            return 0;
        }
        return thread.getJavaThreadId() > 0 ? thread.getJavaThreadId() : thread.getId();
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
