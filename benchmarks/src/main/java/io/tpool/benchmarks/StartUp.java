// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.Hello;
import benchmarked.app.ManyClasses;
import benchmarked.app.MemoryApp;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What it costs to start an application, to its end. */
final class StartUp {
    static final String HELLO = "hello world";
    static final String LARGE = "an application that initialises %,d classes";
    static final int CLASSES = 5_000;

    private static final String FIRST = "benchmarked.many.Part00000";
    private static final List<Rival> SMALL =
        List.of(Rival.NO_AGENT, Rival.NOTHING, Rival.TPOOL_UNLISTED, Rival.TPOOL_ABSENT, Rival.TPOOL_ONE,
        Rival.TPOOL_PLUS, Rival.JACOCO, Rival.BLOCKHOUND, Rival.OPENTELEMETRY);
    private static final List<Rival> MANY =
        List.of(Rival.NO_AGENT, Rival.NOTHING, Rival.TPOOL_UNLISTED, Rival.TPOOL_ABSENT, Rival.TPOOL_ONE,
        Rival.TPOOL_PLUS, Rival.TPOOL_MANY, Rival.JACOCO, Rival.BLOCKHOUND, Rival.OPENTELEMETRY);
    /** From here on BlockHound needs an option that lets it replace natives. */
    private static final int BLOCKHOUND_NEEDS_OPTION = 13;

    private StartUp() {
    }

    static List<Row> rows(Bench bench) throws IOException {
        String classes = ownClasses();
        Path jar = bench.target().resolve("many-classes.jar");
        ClassCopies.write(FIRST, CLASSES, jar);
        Scale scale = bench.scale();
        Row hello = row(bench, HELLO, scale.startRounds, SMALL,
            rival -> jvm(bench, rival).classPath(classes).run(Hello.class));
        Row large = row(bench, LARGE.formatted(CLASSES), scale.largeStartRounds, MANY, rival -> jvm(bench, rival)
            .classPath(jar + File.pathSeparator + classes).run(ManyClasses.class, FIRST, CLASSES));
        return List.of(hello, large);
    }

    @FunctionalInterface
    private interface Start {
        Program.Ended of(Rival rival) throws Exception;
    }

    private static Row row(Bench bench, String title, int rounds, List<Rival> rivals, Start start) {
        return new Row("start", title, Rival.NOTHING, List.of(Metric.PROCESS_CPU, Metric.PROCESS_TIME),
            Metric.PROCESS_CPU, rounds, Sections.cases(bench, rivals, rival -> () -> {
                Program.Ended ended = start.of(rival);
                return Map.of(Metric.PROCESS_CPU, (double) ended.cpuNanos(), Metric.PROCESS_TIME,
                    (double) ended.nanos());
            }));
    }

    /** The applications alone: a class path as short as theirs would be. */
    private static String ownClasses() {
        return Jvm.ownClassPath().split(File.pathSeparator)[0];
    }

    private static Jvm jvm(Bench bench, Rival rival) {
        return new Jvm(bench.results()).options(switch (rival) {
            case NO_AGENT -> List.of();
            case NOTHING -> List.of("-javaagent:" + bench.target().resolve("tpool-benchmarks-nothing.jar"));
            case JACOCO ->
                List.of("-javaagent:" + bench.otherAgent("jacoco") + "=destfile="
                + bench.results().resolve("jacoco.exec"));
            case BLOCKHOUND -> Runtime.version().feature() < BLOCKHOUND_NEEDS_OPTION
                ? List.of("-javaagent:" + bench.otherAgent("blockhound"))
                : List.of("-javaagent:" + bench.otherAgent("blockhound"), "-XX:+AllowRedefinitionToAddDeleteMethods");
            case OPENTELEMETRY ->
                List.of("-javaagent:" + bench.otherAgent("opentelemetry"), "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none");
            case TPOOL_UNLISTED -> List.of("-javaagent:" + bench.agent());
            // Of a class that is there, or the agent would warn of it at the end.
            case TPOOL_ABSENT -> List.of(bench.attached("methods=" + MemoryApp.class.getName() + "#main"));
            case TPOOL_ONE -> List.of(bench.attached("methods=benchmarked.app.Hello#greeting"));
            case TPOOL_PLUS -> List.of(bench.attached("methods=benchmarked.app.Greeter+#greeting"));
            case TPOOL_MANY -> List.of(bench.attached("methods=benchmarked.many.*#rank"));
            default -> throw new IllegalArgumentException(rival.title() + " is not started");
        });
    }
}
