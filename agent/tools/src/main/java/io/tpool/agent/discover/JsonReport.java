// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.command.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings for programs. Times are milliseconds, shares 0 to 1; what has no value is null. */
final class JsonReport {

    private JsonReport() {
    }

    static String of(Findings findings) {
        return Json.write(tree(findings)) + "\n";
    }

    private static Map<String, Object> tree(Findings findings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("jvm", findings.jvm());
        tree.put("carriers", findings.carriers());
        tree.put("start", Instant.ofEpochSecond(0, Math.max(0, Math.min(findings.start(), Long.MAX_VALUE - 1))));
        tree.put("elapsedMillis", millis(findings.elapsed()));
        tree.put("capturedMillis", millis(findings.captured()));
        tree.put("capturedShare", findings.share(findings.captured()));
        tree.put("movedMillis", millis(findings.moved()));
        tree.put("starvedMillis", millis(findings.starved()));
        tree.put("mostCarriers", findings.mostCarriers());
        tree.put("guarded", findings.guarded());
        tree.put("assumed", findings.assumed());
        tree.put("complete", findings.complete());
        tree.put("samples", findings.counts().virtualSamples());
        tree.put("methods", findings.rows().stream().map(row -> method(findings, row)).toList());
        tree.put("outages", findings.outages().stream().map(outage -> outage(findings, outage)).toList());
        tree.put("list", List.copyOf(findings.lines().keySet()));
        tree.put("timeLine", timeLine(findings));
        tree.put("flames", flame(findings.flames().root(), findings.flames().least()));
        tree.put("guardFlames", flame(findings.guardFlames().root(), findings.guardFlames().least()));
        return tree;
    }

    private static Map<String, Object> method(Findings findings, Finding row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("method", row.captor.id());
        tree.put("how", row.kind.word());
        tree.put("capturedMillis", millis(row.captured()));
        tree.put("share", findings.share(row.captured()));
        tree.put("longestMillis", millis(row.longest()));
        tree.put("stretches", row.stretches());
        tree.put("virtualThreads", row.threads());
        tree.put("callers", row.callers(10));
        tree.put("list", row.line());
        tree.put("reason", row.reason().text());
        return tree;
    }

    private static Map<String, Object> outage(Findings findings, CarrierTime.Outage outage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("atMillis", millis(outage.start - findings.start()));
        tree.put("millis", millis(outage.length()));
        tree.put("by", outage.culprits().stream().map(row -> row.captor.id()).distinct().limit(10).toList());
        return tree;
    }

    private static Map<String, Object> timeLine(Findings findings) {
        int slots = (int) Math.min(960, findings.elapsed() / Math.max(1, findings.slot()) + 1);
        List<Object> series = new ArrayList<>();
        for (Finding row : findings.rows()) {
            long[] time = findings.timeLine().get(row);
            if (time != null) {
                List<Double> carriers = new ArrayList<>(slots);
                for (int i = 0; i < slots; i++) {
                    carriers.add((double) time[i] / findings.slot());
                }
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("method", row.captor.id());
                one.put("how", row.kind.word());
                one.put("carriers", carriers);
                series.add(one);
            }
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("slotMillis", millis(findings.slot()));
        tree.put("series", series);
        return tree;
    }

    private static Map<String, Object> flame(FlameGraph.Node frame, long least) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("method", frame.method);
        tree.put("native", frame.isNative);
        tree.put("millis", millis(frame.nanos()));
        tree.put("calls", frame.callees(least).stream().map(callee -> flame(callee, least)).toList());
        return tree;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
