// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Prometheus, which asks one exporter four times a second; the test is skipped where none is installed. */
final class Prometheus implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private final Process process;
    private final String url;

    /** One line of an answer: labels, and values by time in seconds. */
    record Series(Map<String, String> labels, Map<Double, Double> values) {
        double last() {
            return values.isEmpty() ? Double.NaN : ((TreeMap<Double, Double>) values).lastEntry().getValue();
        }

        /** What the legend says of it. */
        String name(String legend) {
            Matcher label = PLACEHOLDER.matcher(legend);
            return label.replaceAll(found -> Matcher.quoteReplacement(labels.getOrDefault(found.group(1), "")));
        }
    }

    private Prometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it for the exporter at that port, which need not be there yet. */
    static Prometheus begin(int exporter) throws Exception {
        Path program = Toolbox.program("prometheus");
        Path directory = Jvm.newDirectory();
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
            global: {scrape_interval: 250ms, scrape_timeout: 250ms}
            scrape_configs:
              - job_name: shop
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """.formatted(exporter));
        int port = Scrape.freePort();
        Process process = new ProcessBuilder(program.toString(), "--config.file=" + configuration,
            "--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
        Prometheus prometheus = new Prometheus(process, "http://127.0.0.1:" + port);
        Await.until("Prometheus is ready", prometheus::isReady);
        return prometheus;
    }

    private boolean isReady() throws IOException, InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (ConnectException e) {
            // Not yet.
            return false;
        }
    }

    /** What a query answers now. */
    List<Series> ask(String query) throws IOException, InterruptedException {
        return series(get("/api/v1/query?query=" + encoded(query)), query);
    }

    /** What a query answers over a time, every so many seconds. */
    List<Series> ask(String query, double from, double to, double step) throws IOException, InterruptedException {
        return series(get("/api/v1/query_range?query=" + encoded(query) + "&start=" + from + "&end=" + to + "&step="
            + step), query);
    }

    private static List<Series> series(HttpResponse<String> response, String query) {
        assertEquals(200, response.statusCode(), () -> query + "\n" + response.body());
        List<Series> series = new ArrayList<>();
        for (JsonElement each : JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("data")
            .getAsJsonArray("result")) {
            JsonObject one = each.getAsJsonObject();
            Map<String, String> labels = new TreeMap<>();
            one.getAsJsonObject("metric").entrySet()
                .forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
            Map<Double, Double> values = new TreeMap<>();
            if (one.has("value")) {
                put(one.getAsJsonArray("value"), values);
            } else {
                one.getAsJsonArray("values").forEach(value -> put(value.getAsJsonArray(), values));
            }
            series.add(new Series(labels, values));
        }
        return series;
    }

    private static void put(JsonArray pair, Map<Double, Double> values) {
        values.put(pair.get(0).getAsDouble(), Double.valueOf(pair.get(1).getAsString()));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
