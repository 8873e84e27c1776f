// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The results for programs: {@code {"machine": {…}, "rows": [{…}], "targets": [{…}]}}. */
final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {
    }

    static String of(List<Row> rows, Results results, List<Targets.Target> targets, Machine machine) {
        Map<String, Object> all = new TreeMap<>();
        all.put("machine", machine(machine));
        all.put("rows", rows.stream().map(row -> row(row, results)).toList());
        all.put("targets", targets.stream().map(Json::target).toList());
        Json json = new Json();
        json.value(all, "\n");
        return json.text.append('\n').toString();
    }

    private static Map<String, Object> machine(Machine machine) {
        return Map.of("scale", machine.scale().name(), "at", machine.at().toString(), "jdk", machine.jdk(), "system",
            machine.system(), "processor",
            machine.processor(), "processors", machine.processors(), "loadBefore", machine.loadBefore());
    }

    private static Map<String, Object> target(Targets.Target target) {
        return Map.of("figure", target.figure(), "limit", target.limit(), "measured", target.measured(), "met",
            target.met());
    }

    private static Map<String, Object> row(Row row, Results results) {
        return Map.of("section", row.section(), "title", row.title(), "reference", row.reference().title(), "rivals",
            row.cases().stream().map(each -> rival(row, each.rival(), results)).toList());
    }

    private static Map<String, Object> rival(Row row, Rival rival, Results results) {
        Map<String, Object> figures = new TreeMap<>();
        for (Metric metric : row.metrics()) {
            List<Double> rounds = results.rounds(row, rival, metric);
            if (!rounds.isEmpty()) {
                Map<String, Object> figure = new TreeMap<>(Map.of("unit", metric.unit().name(), "rounds", rounds,
                    "median", Results.median(rounds).getAsDouble()));
                results.ratio(row, rival, row.reference(), metric).ifPresent(ratio -> figure.put("ratio", ratio));
                figures.put(metric.title(), figure);
            }
        }
        Map<String, Object> all = new TreeMap<>(Map.of("rival", rival.title(), "figures", figures));
        if (results.failure(row, rival) != null) {
            all.put("failure", results.failure(row, rival));
        }
        return all;
    }

    private void value(Object value, String lineEnd) {
        switch (value) {
            case Map<?, ?> map -> map(map, lineEnd);
            case List<?> list -> list(list, lineEnd);
            case String string -> string(string);
            default -> text.append(value);
        }
    }

    private void map(Map<?, ?> map, String lineEnd) {
        text.append('{');
        for (Iterator<?> keys = new TreeMap<>(map).keySet().iterator(); keys.hasNext();) {
            Object key = keys.next();
            text.append(lineEnd).append("  ");
            string(key.toString());
            text.append(": ");
            value(map.get(key), lineEnd + "  ");
            text.append(keys.hasNext() ? "," : "");
        }
        text.append(lineEnd).append('}');
    }

    private void list(List<?> list, String lineEnd) {
        boolean numbers = !list.isEmpty() && list.get(0) instanceof Number;
        text.append('[');
        for (Iterator<?> values = list.iterator(); values.hasNext();) {
            text.append(numbers ? "" : lineEnd + "  ");
            value(values.next(), lineEnd + "  ");
            text.append(values.hasNext() ? numbers ? ", " : "," : "");
        }
        text.append(numbers || list.isEmpty() ? "" : lineEnd).append(']');
    }

    private void string(String string) {
        text.append('"');
        for (char c : string.toCharArray()) {
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                default -> text.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        text.append('"');
    }
}
