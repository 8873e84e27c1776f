// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import io.tpool.management.CapturedThreadRow;
import io.tpool.management.CapturingMethodRow;
import io.tpool.management.MethodRow;
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
    private static final String[] POOL_ATTRIBUTES =
        {"Size", "MaxSize", "ThreadCount", "LargestThreadCount", "ActiveCount", "QueueDepth",
        "LargestQueueDepth", "CompletedCount", "RejectedCount", "StallGrowthCount"};
    private static final String[] GUARD_ATTRIBUTES = {"Mode", "PatienceMicros", "Max", "Parallelism",
        "CapturedCarriers", "LentCarriers", "LargestLentCarriers", "CaptureCount", "CapturedMillis", "StarvedCount",
        "StarvedMillis", "LongestStarvedMillis", "Captures"};

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
        List<PoolRow> pools = new ArrayList<>();
        for (String name : poolNames()) {
            pools.add(pool(name));
        }
        List<MethodRow> methods = new ArrayList<>();
        for (Map<String, Object> row : rows(offload.get("Methods"))) {
            methods.add(method(row));
        }
        Set<String> running = new HashSet<>();
        threadRows().forEach(row -> running.add(row.method()));
        return new Snapshot(pid, (String) agent.get("Version"), summary(), (Boolean) offload.get("Enabled"), guard(),
            pools, methods, patterns(), running, 0, System.nanoTime());
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

    private GuardStatus guard() throws IOException {
        if (!names.contains("Guard")) {
            return null;
        }
        Map<String, Object> values = attributes("Guard", GUARD_ATTRIBUTES);
        List<CapturingMethodRow> captures = new ArrayList<>();
        for (Map<String, Object> row : rows(values.get("Captures"))) {
            captures.add(new CapturingMethodRow(text(row, "method"), text(row, "how"), number(row, "count"),
                number(row, "millis"), number(row, "longestMillis"), number(row, "threads"),
                text(row, "calledBy"), text(row, "advice")));
        }
        captures.sort(GuardStatus.WORST_FIRST);
        return new GuardStatus((String) values.get("Mode"), (Long) values.get("PatienceMicros"),
            (Integer) values.get("Max"), (Integer) values.get("Parallelism"), (Integer) values.get("CapturedCarriers"),
            (Integer) values.get("LentCarriers"), (Integer) values.get("LargestLentCarriers"),
            (Long) values.get("CaptureCount"), (Long) values.get("CapturedMillis"), (Long) values.get("StarvedCount"),
            (Long) values.get("StarvedMillis"), (Long) values.get("LongestStarvedMillis"), captures);
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

    private PoolRow pool(String bean) throws IOException {
        Map<String, Object> values = attributes(bean, POOL_ATTRIBUTES);
        return new PoolRow(bean.substring(MBeanSource.POOL.length()), (Integer) values.get("Size"),
            (Integer) values.get("MaxSize"),
            (Integer) values.get("ThreadCount"), (Integer) values.get("LargestThreadCount"),
            (Integer) values.get("ActiveCount"),
            (Integer) values.get("QueueDepth"), (Integer) values.get("LargestQueueDepth"),
            (Long) values.get("CompletedCount"),
            (Long) values.get("RejectedCount"), (Long) values.get("StallGrowthCount"));
    }

    private static MethodRow method(Map<String, Object> row) {
        return new MethodRow(text(row, "method"), text(row, "pool"), text(row, "mode"), number(row, "offloaded"),
            number(row, "inPlace"),
            number(row, "pinned"), number(row, "failed"), number(row, "waitP50Micros"), number(row, "waitP99Micros"),
            number(row, "runP50Micros"), number(row, "runP99Micros"), number(row, "runMaxMicros"),
            since(row, "decision") ? text(row, "decision") : "", since(row, "reason") ? text(row, "reason") : "",
            since(row, "sinceMillis") ? number(row, "sinceMillis") : 0);
    }

    /** False where the agent there is older than the item. */
    private static boolean since(Map<String, Object> row, String item) {
        return row.containsKey(item);
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
