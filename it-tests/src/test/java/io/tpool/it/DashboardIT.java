// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.it.Dashboard.Panel;
import io.tpool.it.Dashboard.Query;
import io.tpool.it.Prometheus.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The dashboard's queries, as a real Prometheus answers them, whose exporter is the real one. There is no Grafana here:
 * the picture is drawn by {@link DashboardPicture} from the same answers.
 */
class DashboardIT {
    private static final String CAPTOR = "org.example.app.JnaApp$Direct#usleep";
    private static final int DEMO_SECONDS = Integer.getInteger("tpool.it.demo.seconds", 6);

    @Test
    void itsQueriesAnswerWhatTheApplicationHasCounted() throws Exception {
        int port = Scrape.freePort();
        try (Prometheus prometheus = Prometheus.begin(port);
                Monitored app = Monitored.begin(Jdk.running(), "watch", Monitored.jmxExporter(port))) {
            Await.until("Prometheus has seen the begin",
                () -> value(prometheus, "count_over_time(tpool_captures_total[1m])") > 1);
            double begin = now();
            app.work();
            Await.until("Prometheus has seen the end",
                () -> value(prometheus, "tpool_calls_total") == app.count("calls")
                && value(prometheus, "tpool_carriers_captured") == 0);
            for (Panel panel : Dashboard.read().panels()) {
                for (Query query : panel.queries()) {
                    List<Series> answer = prometheus.ask(query.with("5m", "5m"));
                    assertFalse(answer.isEmpty(), () -> panel.title() + " shows nothing: " + query.expression());
                    answer.forEach(series -> assertFalse(series.name(query.legend()).contains("{"), query::legend));
                }
            }
            assertTrue(value(prometheus, "tpool_captures_total") >= app.count("captures"));
            assertCounted(prometheus, app);
            assertEquals(Monitored.CARRIERS, prometheus.ask(query("Carriers captured and lent").with("5m", "5m"),
                begin, now(), 0.25).stream().mapToDouble(DashboardIT::most).max().orElse(0),
                "all carriers were captured for a while");
            app.end().successful();
        }
    }

    /** Holds the figures that the panels rest on against what the application has counted and timed by itself. */
    private static void assertCounted(Prometheus prometheus, Monitored app) throws Exception {
        String captor = "{method=\"" + CAPTOR + "\"}";
        double seconds = app.count("capturedSeconds");
        assertEquals(app.count("captures"), value(prometheus, "tpool_method_captures_total" + captor),
            "each capture has its method's name");
        assertSeen(seconds, seconds, value(prometheus, "tpool_method_captured_seconds_total" + captor));
        // Nobody starves for longer than all carriers were captured.
        assertSeen(app.count("starvedSeconds"), seconds / Monitored.CARRIERS,
            value(prometheus, "tpool_starved_seconds_total"));
        assertTrue(value(prometheus, "tpool_starvations_total") >= app.count("starvations"));
        assertEquals(app.count("calls"), value(prometheus, "tpool_pool_completed_total"));
        Series worst = prometheus.ask(query("The ten worst methods").with("5m", "5m")).get(0);
        assertEquals(CAPTOR, worst.labels().get("method"), worst::toString);
        // An increase is extrapolated by half an interval at each end.
        assertEquals(seconds, worst.last(), 0.25 * seconds, worst::toString);
    }

    /** It is not longer than that and not shorter, but for what the guard's looks come late by on a busy machine. */
    private static void assertSeen(double timed, double most, double told) {
        assertTrue(told >= Monitored.LEAST_SEEN * timed && told <= Monitored.MOST_SEEN * most,
            () -> told + " s of " + timed + " to " + most);
    }

    @Test
    void itsPictureShowsTheDemo() throws Exception {
        int port = Scrape.freePort();
        Path picture = Path.of(System.getProperty("basedir"), "target", "dashboard.svg");
        try (Prometheus prometheus = Prometheus.begin(port)) {
            double begin = now();
            Run shop = Jvm.of(Jdk.running()).carriers(Monitored.CARRIERS)
                .agent("pool.reports.methods = org.sqlite.jdbc3.JDBC3Statement#executeQuery", "pool.reports.size = 4",
                    "pool.reports.mode = tpool")
                .option(Monitored.jmxExporter(port)).run("io.tpool.it.demo.Shop", "" + DEMO_SECONDS).successful();
            assertTrue(shop.number("orders") > 0, shop::toString);
            // Its last figures are those from before its end.
            double end = now() - 1;
            Files.writeString(picture, new DashboardPicture(prometheus, begin, end).draw(Dashboard.read()));
        }
        String svg = Files.readString(picture);
        for (Panel panel : Dashboard.read().panels()) {
            assertTrue(svg.contains(">" + panel.title() + "<"), panel::title);
        }
        for (String name : List.of("captured", "lent", "captures", "reports busy")) {
            assertTrue(svg.contains(">" + name + "<"), () -> "no " + name + " in " + svg);
        }
        assertTrue(svg.contains("org.sqlite.core.NativeDB#") && !svg.contains("NaN"), svg);
    }

    private static Query query(String title) throws Exception {
        return Dashboard.read().panels().stream().filter(panel -> panel.title().equals(title)).findFirst()
            .orElseThrow().queries().get(0);
    }

    private static double value(Prometheus prometheus, String query) throws Exception {
        List<Series> answer = prometheus.ask("sum(" + query + ")");
        return answer.isEmpty() ? -1 : answer.get(0).last();
    }

    private static double most(Series series) {
        return series.values().values().stream().mapToDouble(value -> value).max().orElse(0);
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }
}
