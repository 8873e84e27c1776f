package io.tpool.agent.cli;

import io.tpool.management.CapturingMethodRow;
import io.tpool.management.MethodRow;
import io.tpool.management.PoolThreadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The agent's MBeans in another JVM. Reads them by their open types, so that the agent there may be of another version.
 */
final class Beans implements AutoCloseable {
    private static final ObjectName AGENT = name("io.tpool:type=Agent");
    private static final ObjectName GUARD = name("io.tpool:type=Guard");
    private static final ObjectName OFFLOAD = name("io.tpool:type=Offload");
    private static final ObjectName POOLS = name("io.tpool:type=Pool,*");
    private static final ObjectName COMMANDS = name("com.sun.management:type=DiagnosticCommand");
    private static final String AGENT_CLASS = "io.tpool.agent.boot.Agents";
    private static final long REGISTRATION_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 20;
    private static final String[] POOL_ATTRIBUTES = {"Size", "MaxSize", "ThreadCount", "LargestThreadCount", "ActiveCount", "QueueDepth",
        "LargestQueueDepth", "CompletedCount", "RejectedCount", "StallGrowthCount"};
    private static final String[] GUARD_ATTRIBUTES = {"Mode", "PatienceMicros", "Max", "Parallelism",
        "CapturedCarriers", "LentCarriers", "LargestLentCarriers", "CaptureCount", "CapturedMillis", "StarvedCount",
        "StarvedMillis", "LongestStarvedMillis", "Captures"};

    private final String pid;
    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    private Beans(String pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        connection = connector.getMBeanServerConnection();
    }

    /**
     * Connects, also to a JVM that was started without any management option.
     *
     * @throws Target.Unreachable if there is nothing to connect to, with the reason in one line
     * @throws IOException if the JVM ends meanwhile
     */
    static Beans open(String pid) throws Target.Unreachable, IOException {
        if (ModuleLayer.boot().findModule("java.management.rmi").isEmpty()) {
            throw new Target.Unreachable(Command.FAILED, "this Java runtime has no module java.management.rmi; run the command with the java of a JDK");
        }
        Beans beans = new Beans(pid, JMXConnectorFactory.connect(new JMXServiceURL(address(pid))));
        try {
            beans.awaitAgent();
            return beans;
        } catch (Target.Unreachable | IOException | RuntimeException e) {
            beans.close();
            throw e;
        }
    }

    private static String address(String pid) throws Target.Unreachable, IOException {
        try (Target target = Target.open(pid)) {
            return target.machine().startLocalManagementAgent();
        } catch (IOException e) {
            throw new Target.Unreachable(Command.FAILED, "the JVM " + pid + " does not start its management agent, for which it needs the "
                + "module jdk.management.agent: " + e.getMessage());
        }
    }

    /** The agent registers its MBeans when it sees the server, which we may just have started. */
    private void awaitAgent() throws Target.Unreachable, IOException {
        long deadline = System.nanoTime() + REGISTRATION_MILLIS * 1_000_000;
        while (!connection.isRegistered(AGENT)) {
            if (!isAttached()) {
                throw new Target.Unreachable(Command.FAILED, "no tpool agent in the JVM " + pid + "; attach it: java -jar tpool-agent.jar attach "
                    + pid);
            }
            if (System.nanoTime() > deadline) {
                throw new Target.Unreachable(Command.FAILED, "the agent in the JVM " + pid + " registers no MBeans; it has jmx=false, or strict=true "
                    + "and a problem in its configuration");
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private boolean isAttached() throws IOException {
        try {
            String[] arguments = {AGENT_CLASS};
            Object answer = connection.invoke(COMMANDS, "vmClassHierarchy", new Object[] {arguments}, new String[] {String[].class.getName()});
            return String.valueOf(answer).contains(AGENT_CLASS);
        } catch (JMException e) {
            // A JVM that does not tell: then the MBeans have to.
            return true;
        }
    }

    Snapshot read() throws IOException {
        Map<String, Object> agent = attributes(AGENT, "Version");
        Map<String, Object> offload = attributes(OFFLOAD, "Enabled", "Methods");
        List<PoolRow> pools = new ArrayList<>();
        for (ObjectName name : poolNames()) {
            pools.add(pool(name));
        }
        List<MethodRow> methods = new ArrayList<>();
        for (CompositeData row : rows(offload.get("Methods"))) {
            methods.add(method(row));
        }
        return new Snapshot(pid, (String) agent.get("Version"), summary(), (Boolean) offload.get("Enabled"), guard(), pools,
            methods, System.nanoTime());
    }

    private String summary() throws IOException {
        try {
            return (String) connection.getAttribute(AGENT, "Summary");
        } catch (JMException olderAgent) {
            return "";
        }
    }

    private GuardStatus guard() throws IOException {
        if (!connection.isRegistered(GUARD)) {
            return null;
        }
        Map<String, Object> values = attributes(GUARD, GUARD_ATTRIBUTES);
        List<CapturingMethodRow> captures = new ArrayList<>();
        for (CompositeData row : rows(values.get("Captures"))) {
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
        List<PoolThreadRow> threads = new ArrayList<>();
        for (ObjectName name : poolNames()) {
            for (CompositeData row : rows(attributes(name, "Threads").get("Threads"))) {
                threads.add(new PoolThreadRow(text(row, "name"), number(row, "osThreadId"), text(row, "method"), number(row, "threadId"),
                    text(row, "threadName"), (Boolean) row.get("virtual"), number(row, "runningMicros")));
            }
        }
        threads.sort(Comparator.comparing((PoolThreadRow row) -> row.method().isEmpty())
            .thenComparing(Comparator.comparingLong(PoolThreadRow::runningMicros).reversed())
            .thenComparing(row -> row.name().length()).thenComparing(PoolThreadRow::name));
        return threads;
    }

    private Set<ObjectName> poolNames() throws IOException {
        return new TreeSet<>(connection.queryNames(POOLS, null));
    }

    private PoolRow pool(ObjectName bean) throws IOException {
        Map<String, Object> values = attributes(bean, POOL_ATTRIBUTES);
        String name = bean.getKeyProperty("name");
        return new PoolRow(name.startsWith("\"") ? ObjectName.unquote(name) : name, (Integer) values.get("Size"), (Integer) values.get("MaxSize"),
            (Integer) values.get("ThreadCount"), (Integer) values.get("LargestThreadCount"), (Integer) values.get("ActiveCount"),
            (Integer) values.get("QueueDepth"), (Integer) values.get("LargestQueueDepth"), (Long) values.get("CompletedCount"),
            (Long) values.get("RejectedCount"), (Long) values.get("StallGrowthCount"));
    }

    private static MethodRow method(CompositeData row) {
        return new MethodRow(text(row, "method"), text(row, "pool"), text(row, "mode"), number(row, "offloaded"), number(row, "inPlace"),
            number(row, "pinned"), number(row, "failed"), number(row, "waitP50Micros"), number(row, "waitP99Micros"),
            number(row, "runP50Micros"), number(row, "runP99Micros"), number(row, "runMaxMicros"),
            since(row, "decision") ? text(row, "decision") : "", since(row, "reason") ? text(row, "reason") : "",
            since(row, "sinceMillis") ? number(row, "sinceMillis") : 0);
    }

    /** False where the agent there is older than the item. */
    private static boolean since(CompositeData row, String item) {
        return row.containsKey(item);
    }

    private Map<String, Object> attributes(ObjectName bean, String... names) throws IOException {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Attribute attribute : connection.getAttributes(bean, names).asList()) {
                values.put(attribute.getName(), attribute.getValue());
            }
        } catch (InstanceNotFoundException e) {
            throw new IOException(bean + " is gone", e);
        } catch (JMException e) {
            throw new IOException(bean + " does not answer: " + e.getMessage(), e);
        }
        for (String name : names) {
            if (!values.containsKey(name)) {
                throw new IOException(bean + " has no " + name + "; is its agent of another version?");
            }
        }
        return values;
    }

    /** The values of a Map as an MXBean gives it. */
    private static List<CompositeData> rows(Object table) {
        List<CompositeData> rows = new ArrayList<>();
        for (Object entry : ((TabularData) table).values()) {
            rows.add((CompositeData) ((CompositeData) entry).get("value"));
        }
        return rows;
    }

    private static String text(CompositeData row, String item) {
        return (String) row.get(item);
    }

    private static long number(CompositeData row, String item) {
        return (Long) row.get(item);
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The JVM has gone first.
            return;
        }
    }
}
