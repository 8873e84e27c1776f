// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JMX rules for OpenTelemetry's agent, with the agent itself; its figures are asked for as Prometheus does. */
class OpenTelemetryIT {
    /** What only tables tell, which OpenTelemetry's rules do not read. */
    private static final Set<String> OF_METHODS = Set.of("tpool_method_captures_total",
        "tpool_method_captured_seconds_total", "tpool_call_run_seconds", "tpool_call_wait_seconds");

    @ParameterizedTest
    @ValueSource(strings = "watch")
    void theFiguresAreThoseThatTheApplicationHasCountedItself(String guard) throws Exception {
        int port = Scrape.freePort();
        String agent = "-javaagent:" + Path.of(System.getProperty("tpool.it.agents"), "opentelemetry.jar");
        try (Monitored app = Monitored.begin(Jdk.running(), guard, agent, "-Dotel.traces.exporter=none",
                "-Dotel.logs.exporter=none", "-Dotel.metrics.exporter=prometheus",
                "-Dotel.exporter.prometheus.host=127.0.0.1", "-Dotel.exporter.prometheus.port=" + port,
                "-Dotel.jmx.discovery.delay=200",
                "-Dotel.jmx.config=" + Monitored.FOLDER.resolve("opentelemetry.yml"))) {
            app.work();
            Scrape scrape = Scrape.until(port, Monitored::isAtRest);
            app.assertFigures(scrape, guard);
            Set<String> missing = new TreeSet<>(Dashboard.read().metrics());
            missing.removeAll(scrape.names());
            assertEquals(new TreeSet<>(OF_METHODS), missing, "the dashboard says what is missing with OpenTelemetry");
            assertFalse(app.end().successful().err().contains("[tpool]"));
        }
    }
}
