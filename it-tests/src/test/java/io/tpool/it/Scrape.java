// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an exporter told of tpool when it was asked as Prometheus asks. */
record Scrape(List<Sample> samples, String text) {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {
    }

    static Scrape of(String text) {
        List<String> ours = text.lines().filter(line -> line.startsWith("tpool_")).toList();
        return new Scrape(ours.stream().map(Scrape::sample).toList(), String.join("\n", ours));
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    /** A port that nobody has at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Asks the exporter at that port until what it tells is so. */
    static Scrape until(int port, Predicate<Scrape> condition) throws Exception {
        AtomicReference<Scrape> last = new AtomicReference<>();
        Await.until("the exporter tells what it should", () -> {
            last.set(ask(port));
            return condition.test(last.get());
        });
        return last.get();
    }

    private static Scrape ask(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response::body);
            return of(response.body());
        } catch (ConnectException e) {
            // The exporter is not up yet.
            return of("");
        }
    }

    Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name.equals(name));
    }

    /** The sum of the samples of that name with that label, which may be empty: {@code pool=default}. */
    double sum(String name, String label) {
        List<Sample> found = samples.stream().filter(sample -> sample.name.equals(name))
            .filter(sample -> label.isEmpty() || sample.labels.entrySet().stream()
            .anyMatch(each -> label.equals(each.getKey() + "=" + each.getValue()))).toList();
        if (found.isEmpty()) {
            throw new AssertionError("no " + name + " with '" + label + "' in\n" + text);
        }
        return found.stream().mapToDouble(Sample::value).sum();
    }

    double sum(String name) {
        return sum(name, "");
    }
}
