// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for Prometheus' JMX exporter and the dashboard that rests on them, with the exporter itself. */
class PrometheusIT {

    @ParameterizedTest
    @ValueSource(strings = {"on", "watch"})
    void theFiguresAreThoseThatTheApplicationHasCountedItself(String guard) throws Exception {
        int port = Scrape.freePort();
        try (Monitored app = Monitored.begin(Jdk.running(), guard, Monitored.jmxExporter(port))) {
            app.work();
            Scrape scrape = Scrape.until(port, Monitored::isAtRest);
            app.assertFigures(scrape, guard);
            app.assertMethods(scrape);
            assertEquals(namesOfTheRules(), scrape.names(), "each rule gives something, and nothing else is there");
            Set<String> missing = new TreeSet<>(Dashboard.read().metrics());
            assertTrue(missing.size() > 15, missing::toString);
            missing.removeAll(scrape.names());
            assertEquals(Set.of(), missing, "the dashboard asks for what nobody exports");
            app.end().successful();
        }
    }

    private static Set<String> namesOfTheRules() throws Exception {
        return Pattern.compile("name: (tpool_\\S+)")
            .matcher(Files.readString(Monitored.FOLDER.resolve("prometheus.yml"))).results()
            .map((MatchResult result) -> result.group(1))
            .flatMap(name -> name.contains("$2") ? Set.of(name.replace("$2", "wait"), name.replace("$2", "run"))
                .stream() : Set.of(name).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
