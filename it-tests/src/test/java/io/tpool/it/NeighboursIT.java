// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Other agents in the same JVM, before ours and behind it: the application works, and its calls are kept off the
 * carriers.
 */
class NeighboursIT {
    private static final Path AGENTS = Path.of(System.getProperty("tpool.it.agents"));
    private static final String LISTED = "methods = org.sqlite.jdbc3.JDBC3Statement#execute*";

    @ParameterizedTest
    @CsvSource({"jacoco,true", "jacoco,false", "blockhound,true", "blockhound,false", "opentelemetry,true",
        "opentelemetry,false"})
    void workBesideOurs(String agent, boolean first) {
        Jvm jvm = Jvm.of(Jdk.running()).carriers(1);
        Run run = (first ? theirs(jvm, agent).agent(LISTED) : theirs(jvm.agent(LISTED), agent)).run("SqliteApp", "busy")
            .successful();
        assertTrue(Starvation.gap(run) < Starvation.UNDISTURBED_MILLIS, run::toString);
        assertTrue(run.errorLines().stream().noneMatch(line -> line.startsWith("[tpool]")), run::toString);
    }

    private static Jvm theirs(Jvm jvm, String agent) {
        List<String> options = switch (agent) {
            case "jacoco" -> List.of("=destfile=" + Jvm.newDirectory().resolve("jacoco.exec"));
            case "blockhound" -> List.of("", "-XX:+AllowRedefinitionToAddDeleteMethods");
            default -> List.of("", "-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none");
        };
        options.stream().skip(1).forEach(jvm::option);
        return jvm.option("-javaagent:" + AGENTS.resolve(agent + ".jar") + options.get(0));
    }
}
