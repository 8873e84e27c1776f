// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import com.sun.tools.attach.VirtualMachine;
import io.tpool.agent.observe.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads the report that the agent writes for whoever has attached: one text with all beans. Needs no serialization, and
 * starts nothing in the JVM.
 */
final class ReportSource implements MBeanSource {
    private static final String END = "end";

    private final AttachedJvm target;
    private NavigableMap<String, Map<String, Object>> beans;

    private ReportSource(AttachedJvm target, NavigableMap<String, Map<String, Object>> beans) {
        this.target = target;
        this.beans = beans;
    }

    /**
     * Attaches and reads.
     *
     * @return null if there is no such report
     */
    static ReportSource open(String pid) throws AttachedJvm.Unreachable, IOException {
        AttachedJvm target = AttachedJvm.open(pid);
        NavigableMap<String, Map<String, Object>> beans = null;
        try {
            beans = read(target.machine());
            return beans == null ? null : new ReportSource(target, beans);
        } finally {
            if (beans == null) {
                target.close();
            }
        }
    }

    private static NavigableMap<String, Map<String, Object>> read(VirtualMachine machine) throws IOException {
        String report = machine.getAgentProperties().getProperty(Observation.REPORT);
        return report == null ? null : parse(report);
    }

    /** Understands a report; throws if it is none. */
    static NavigableMap<String, Map<String, Object>> parse(String report) throws IOException {
        NavigableMap<String, Map<String, Object>> beans = new TreeMap<>();
        Map<String, Object> bean = new HashMap<>();
        List<Map<String, Object>> table = new ArrayList<>();
        for (String line : report.split("\n")) {
            String[] parts = line.split("\t", -1);
            switch (parts[0]) {
                case "bean" -> {
                    bean = new HashMap<>();
                    beans.put(plain(parts[1]), bean);
                }
                case "value" -> bean.putAll(values(parts));
                case "table" -> {
                    table = new ArrayList<>();
                    bean.put(parts[1], table);
                }
                case "row" -> table.add(values(parts));
                case END -> {
                    return beans;
                }
                default -> throw new IOException("its agent writes no report: " + line);
            }
        }
        throw new IOException("its agent's report has no end");
    }

    private static Map<String, Object> values(String[] parts) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 1; i + 2 < parts.length; i += 3) {
            String text = plain(parts[i + 2]);
            values.put(parts[i], switch (parts[i + 1]) {
                case "Integer" -> Integer.valueOf(text);
                case "Long" -> Long.valueOf(text);
                case "Boolean" -> Boolean.valueOf(text);
                default -> text;
            });
        }
        return values;
    }

    private static String plain(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char next = escaped.charAt(i);
            if (next == '\\' && i + 1 < escaped.length()) {
                char code = escaped.charAt(++i);
                text.append(code == 't' ? '\t' : code == 'n' ? '\n' : code);
            } else {
                text.append(next);
            }
        }
        return text.toString();
    }

    /** Reads anew. */
    @Override
    public List<String> beans() throws IOException {
        beans = read(target.machine());
        if (beans == null) {
            throw new IOException("its agent writes no report any more");
        }
        return List.copyOf(beans.keySet());
    }

    @Override
    public Map<String, Object> attributes(String bean, String... names) {
        Map<String, Object> values = new HashMap<>(beans.getOrDefault(bean, Map.of()));
        values.keySet().retainAll(List.of(names));
        return values;
    }

    @Override
    public void close() {
        try {
            target.close();
        } catch (IOException e) {
            // The JVM has gone first.
            return;
        }
    }
}
