// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import io.tpool.management.CapturedThreadRow;
import io.tpool.management.PoolThreadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The agent's MBeans in another JVM, as the commands want them. */
final class AgentClient implements AutoCloseable {
    private static final long START_MILLIS = 5_000;

    private final String pid;
    private final MBeanSource source;
    private List<String> names = List.of();

    private AgentClient(String pid, MBeanSource source) {
        this.pid = pid;
        this.source = source;
    }

    /**
     * Finds the agent's beans: in its report, or else over RMI.
     *
     * @throws AttachedJvm.Unreachable if there is neither, with the reason in one line
     * @throws IOException if the JVM ends meanwhile
     */
    static AgentClient open(String pid) throws AttachedJvm.Unreachable, IOException {
        MBeanSource report = ReportSource.open(pid);
        if (report != null) {
            return new AgentClient(pid, report);
        }
        try {
            return new AgentClient(pid, RmiSource.open(pid));
        } catch (IOException e) {
            return new AgentClient(pid, awaitReport(pid, e));
        } catch (AttachedJvm.Unreachable e) {
            report = ReportSource.open(pid);   // the agent was only just starting, and has jmx=false
            if (report == null) {
                throw e;
            }
            return new AgentClient(pid, report);
        }
    }

    /** The agent may only just be starting. */
    private static MBeanSource awaitReport(String pid, IOException noRmi) throws AttachedJvm.Unreachable, IOException {
        long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
        while (System.nanoTime() - deadline < 0) {
            MBeanSource report = ReportSource.open(pid);
            if (report != null) {
                return report;
            }
            RmiSource.pause();
        }
        throw new AttachedJvm.Unreachable(Command.FAILED, "no tpool agent answers in the JVM " + pid
            + ", and it accepts no JMX connection ("
            + ObserverCommand.reason(noRmi) + "); attach the agent: java -jar tpool-agent.jar attach " + pid);
    }

    Snapshot read() throws IOException {
        names = source.beans();
        Map<String, Object> agent = attributes("Agent", "Version");
        Map<String, Object> offload = attributes("Offload", "Enabled", "Methods");
        Row guard = null;
        List<Row> captures = List.of();
        if (names.contains("Guard")) {
            Map<String, Object> values = attributes("Guard", Columns.attributes(Columns.GUARD));
            guard = Columns.row(Columns.GUARD, values);
            captures = table(Columns.CAPTURES, attributes("Guard", "Captures").get("Captures")).stream()
                .sorted(Snapshot.WORST_FIRST).toList();
        }
        Set<String> running = new HashSet<>();
        threadRows().forEach(row -> running.add(row.method()));
        return new Snapshot(pid, (String) agent.get("Version"), summary(), (Boolean) offload.get("Enabled"), guard,
            captures, pools(), table(Columns.METHODS, offload.get("Methods")), patterns(), running, 0,
            System.nanoTime());
    }

    private List<Row> pools() throws IOException {
        List<Row> pools = new ArrayList<>();
        for (String bean : poolNames()) {
            Map<String, Object> values = attributes(bean, Columns.attributes(Columns.POOLS));
            values.put("name", bean.substring(MBeanSource.POOL.length()));
            pools.add(Columns.row(Columns.POOLS, values));
        }
        return pools;
    }

    private static List<Row> table(List<Column> columns, Object table) {
        return rows(table).stream().map(values -> Columns.row(columns, values)).toList();
    }

    /** The pattern of each method; nothing where the agent there is of a version that does not tell. */
    private Map<String, String> patterns() throws IOException {
        Map<String, String> patterns = new HashMap<>();
        for (Map<String, Object> row
            : rows(source.attributes("Agent", "WovenMethods").getOrDefault("WovenMethods", List.of()))) {
            patterns.put(text(row, "method"), text(row, "pattern"));
        }
        return patterns;
    }

    /** What is in force; empty where the agent there is of a version that does not tell. */
    private String summary() throws IOException {
        return (String) source.attributes("Agent", "Summary").getOrDefault("Summary", "");
    }

    /** The threads of all pools, those with the longest call first, the idle ones last. */
    List<PoolThreadRow> threads() throws IOException {
        names = source.beans();
        List<PoolThreadRow> threads = threadRows();
        threads.sort(Comparator.comparing((PoolThreadRow row) -> row.method().isEmpty())
            .thenComparing(Comparator.comparingLong(PoolThreadRow::runningMicros).reversed())
            .thenComparingInt(row -> row.name().length()).thenComparing(PoolThreadRow::name));
        return threads;
    }

    private List<PoolThreadRow> threadRows() throws IOException {
        List<PoolThreadRow> threads = new ArrayList<>();
        for (String name : poolNames()) {
            for (Map<String, Object> row : rows(attributes(name, "Threads").get("Threads"))) {
                threads.add(new PoolThreadRow(text(row, "name"), number(row, "osThreadId"), text(row, "method"),
                    number(row, "threadId"),
                    text(row, "threadName"), (Boolean) row.get("virtual"), number(row, "runningMicros")));
            }
        }
        return threads;
    }

    /**
     * The virtual threads that hold captured carriers, the longest first; none where the agent there is of a version
     * that does not tell.
     */
    List<CapturedThreadRow> captured() throws IOException {
        List<CapturedThreadRow> captured = new ArrayList<>();
        for (Map<String, Object> row
            : rows(source.attributes("Guard", "CapturedThreads").getOrDefault("CapturedThreads", List.of()))) {
            captured.add(new CapturedThreadRow(text(row, "carrier"), number(row, "threadId"), text(row, "threadName"),
                text(row, "method"), text(row, "how"), number(row, "heldMicros")));
        }
        captured.sort(Comparator.comparingLong(CapturedThreadRow::heldMicros).reversed());
        return captured;
    }

    private List<String> poolNames() {
        return names.stream().filter(name -> name.startsWith(MBeanSource.POOL)).toList();
    }

    private Map<String, Object> attributes(String bean, String... wanted) throws IOException {
        Map<String, Object> values = source.attributes(bean, wanted);
        for (String name : wanted) {
            if (!values.containsKey(name)) {
                throw new IOException(bean + " has no " + name + "; is its agent of another version?");
            }
        }
        return values;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object table) {
        return (List<Map<String, Object>>) table;
    }

    private static String text(Map<String, Object> row, String item) {
        return (String) row.get(item);
    }

    private static long number(Map<String, Object> row, String item) {
        return (Long) row.get(item);
    }

    @Override
    public void close() {
        source.close();
    }
}
