// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboard for Grafana. */
record Dashboard(JsonObject json, List<Panel> panels) {
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][\\w:]*\\b(?!\\s*\\()");

    /** What one panel shows. */
    record Panel(String title, String kind, String unit, Place place, List<Query> queries) {
    }

    /** Where a panel is, in the units of Grafana's grid. */
    record Place(int x, int y, int width, int height) {
    }

    /** One query, as Prometheus gets it, and the name of what it answers. */
    record Query(String expression, String legend) {
        /** With the variables that Grafana puts in. */
        String with(String range, String rateInterval) {
            return expression.replace("$__rate_interval", rateInterval).replace("$__range", range)
                .replaceAll("\\$\\w+", ".*");
        }

        /** The metrics that it names. */
        Set<String> metrics() {
            Set<String> metrics = new TreeSet<>();
            String rest = GROUPING.matcher(LABELS.matcher(RANGE.matcher(expression).replaceAll("")).replaceAll(""))
                .replaceAll("");
            Matcher name = NAME.matcher(rest);
            while (name.find()) {
                metrics.add(name.group());
            }
            return metrics;
        }
    }

    static Dashboard read() throws IOException {
        JsonObject json =
            JsonParser.parseString(Files.readString(Monitored.FOLDER.resolve("dashboard.json"))).getAsJsonObject();
        List<Panel> panels = new ArrayList<>();
        for (JsonElement each : json.getAsJsonArray("panels")) {
            JsonObject panel = each.getAsJsonObject();
            if (!panel.get("type").getAsString().equals("row")) {
                panels.add(panel(panel));
            }
        }
        return new Dashboard(json, panels);
    }

    private static Panel panel(JsonObject panel) {
        List<Query> queries = new ArrayList<>();
        for (JsonElement target : panel.getAsJsonArray("targets")) {
            JsonObject query = target.getAsJsonObject();
            queries.add(new Query(query.get("expr").getAsString(), query.get("legendFormat").getAsString()));
        }
        String unit = panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults").get("unit").getAsString();
        JsonObject grid = panel.getAsJsonObject("gridPos");
        Place place = new Place(grid.get("x").getAsInt(), grid.get("y").getAsInt(), grid.get("w").getAsInt(),
            grid.get("h").getAsInt());
        return new Panel(panel.get("title").getAsString(), panel.get("type").getAsString(), unit, place, queries);
    }

    /** The queries that give the variables their values. */
    List<Query> variables() {
        List<Query> variables = new ArrayList<>();
        for (JsonElement each : json.getAsJsonObject("templating").getAsJsonArray("list")) {
            JsonObject variable = each.getAsJsonObject();
            if (variable.get("type").getAsString().equals("query")) {
                String definition = variable.get("definition").getAsString();
                variables.add(new Query(definition.replaceFirst("label_values\\((.*), \\w+\\)", "$1"), ""));
            }
        }
        return variables;
    }

    /** All metrics that it asks for. */
    Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        Stream.concat(panels.stream().flatMap(panel -> panel.queries.stream()), variables().stream())
            .forEach(query -> metrics.addAll(query.metrics()));
        return metrics;
    }
}
