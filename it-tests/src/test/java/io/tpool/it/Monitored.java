// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code MonitoredApp} under an exporter, and what it has counted by itself. */
final class Monitored implements AutoCloseable {
    /** The files that users copy. */
    static final Path FOLDER = Path.of(System.getProperty("basedir")).resolveSibling("agent").resolve("monitoring");
    static final int CARRIERS = 2;
    private static final int POOL_SIZE = 64;
    private static final String CAPTOR = "org.example.app.JnaApp$Direct#usleep";
    private static final String[] COUNTS =
        {"captures", "capturedSeconds", "starvations", "starvedSeconds", "calls"};
    /** A capture counts from the guard's first look at it to the first one after it; a busy machine looks late. */
    static final double LEAST_SEEN = 0.8;
    static final double MOST_SEEN = 1.1;

    private final Running app;
    private final Map<String, Double> counts = new TreeMap<>();

    private Monitored(Running app) {
        this.app = app;
    }

    /** Starts the application beside an exporter. */
    static Monitored begin(Jdk jdk, String guard, String... exporter) {
        Jvm jvm = Jvm.of(jdk).carriers(CARRIERS)
            .agent("methods = org.example.app.CountedCalls#callOnce", "mode = tpool", "guard = " + guard);
        for (String option : exporter) {
            jvm.option(option);
        }
        return new Monitored(jvm.begin("MonitoredApp").awaitLine("waiting="));
    }

    /** Has it do its work, and waits until that is done. */
    Monitored work() {
        app.tell("work").awaitLine("ready=");
        for (String count : COUNTS) {
            counts.put(count, Double.valueOf(app.lineAfter(count + "=")));
        }
        return this;
    }

    /** The agent of Prometheus' JMX exporter. */
    static String jmxExporter(int port) {
        return "-javaagent:" + Path.of(System.getProperty("tpool.it.agents"), "jmx_prometheus_javaagent.jar")
            + "=127.0.0.1:" + port + ":" + FOLDER.resolve("prometheus.yml");
    }

    double count(String what) {
        return counts.get(what);
    }

    /** Whether all beans have been found, and nothing goes on any more, so that the figures stand. */
    static boolean isAtRest(Scrape scrape) {
        return scrape.has("tpool_calls_total") && scrape.has("tpool_carriers_captured")
            && scrape.sum("tpool_carriers_captured") == 0
            && scrape.sum("tpool_carriers_lent") == 0;
    }

    /**
     * Holds the figures that every exporter has against the application's, and against what {@code stats} tells. What
     * else captured a carrier, a class that was loaded say, is no business of the application's.
     */
    void assertFigures(Scrape scrape, String guard) {
        String told = GuardStats.look(Jdk.running(), app);
        Supplier<String> all = () -> counts + "\n" + scrape.text() + "\n" + told;
        assertEquals(CARRIERS, scrape.sum("tpool_carriers"), all);
        for (String[] pair : new String[][] {{"captureCount", "tpool_captures_total"},
            {"starvedCount", "tpool_starvations_total"}, {"largestLentCarriers", "tpool_carriers_lent_most"}}) {
            assertEquals(GuardStats.number(told, pair[0]), scrape.sum(pair[1]), all);
        }
        for (String[] pair : new String[][] {{"capturedMillis", "tpool_captured_seconds_total"},
            {"starvedMillis", "tpool_starved_seconds_total"},
            {"longestStarvedMillis", "tpool_starved_longest_seconds"}}) {
            assertEquals(GuardStats.number(told, pair[0]), 1_000 * scrape.sum(pair[1]), 0.001, all);
        }
        assertTrue(scrape.sum("tpool_captures_total") >= count("captures"), all);
        assertTrue(scrape.sum("tpool_captured_seconds_total") >= LEAST_SEEN * count("capturedSeconds"), all);
        assertEquals(guard.equals("on"), scrape.sum("tpool_carriers_lent_most") > 0, all);
        if (guard.equals("watch")) {
            assertTrue(scrape.sum("tpool_starvations_total") >= count("starvations"), all);
            assertTrue(scrape.sum("tpool_starved_seconds_total") >= LEAST_SEEN * count("starvedSeconds"), all);
        }
        assertEquals(count("calls"), scrape.sum("tpool_calls_total", "outcome=offloaded"), all);
        assertEquals(0, scrape.sum("tpool_calls_total", "outcome=failed"), all);
        assertEquals(count("calls"), scrape.sum("tpool_pool_completed_total", "pool=default"), all);
        assertEquals(0, scrape.sum("tpool_pool_rejected_total", "pool=default"), all);
        assertEquals(POOL_SIZE, scrape.sum("tpool_pool_size", "pool=default"), all);
    }

    /** Holds the figures of single methods against the application's. */
    void assertMethods(Scrape scrape) {
        String captor = "method=" + CAPTOR;
        Supplier<String> all = () -> counts + "\n" + scrape.text();
        // The guard reads no more stacks than a processor's hundredth allows; the other captures have no name.
        double named = scrape.sum("tpool_method_captures_total", captor);
        assertTrue(named >= 1 && named <= count("captures"), all);
        assertEquals(scrape.sum("tpool_captures_total"), scrape.sum("tpool_method_captures_total"), all);
        double seconds = scrape.sum("tpool_method_captured_seconds_total", captor);
        double mean = count("capturedSeconds") / count("captures");
        assertTrue(seconds >= LEAST_SEEN * mean && seconds <= MOST_SEEN * count("capturedSeconds"), all);
        assertEquals(count("calls"),
            scrape.sum("tpool_calls_total", "method=org.example.app.CountedCalls#callOnce()"), scrape::text);
        assertTrue(scrape.sum("tpool_call_run_seconds", "quantile=0.99") < 1, scrape::text);
        assertEquals(1, scrape.sum("tpool_enabled"), scrape::text);
    }

    Run end() {
        return app.end();
    }

    @Override
    public void close() {
        app.close();
    }
}
