// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Reads the MBeans over RMI, by their open types, so that the agent there may be of another version: one that writes no
 * report.
 */
final class RmiSource implements MBeanSource {
    private static final String DOMAIN = "io.tpool:type=";
    private static final ObjectName AGENT = name(DOMAIN + "Agent");
    private static final ObjectName COMMANDS = name("com.sun.management:type=DiagnosticCommand");
    private static final String AGENT_CLASS = "io.tpool.agent.boot.Agents";
    private static final long REGISTRATION_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 20;

    private final String pid;
    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    private RmiSource(String pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        connection = connector.getMBeanServerConnection();
    }

    /**
     * Connects, also to a JVM that was started without any management option.
     *
     * @throws AttachedJvm.Unreachable if there is nothing to connect to, with the reason in one line
     * @throws IOException if the JVM ends meanwhile, or rejects what RMI sends
     */
    static RmiSource open(String pid) throws AttachedJvm.Unreachable, IOException {
        if (ModuleLayer.boot().findModule("java.management.rmi").isEmpty()) {
            throw new AttachedJvm.Unreachable(Command.FAILED,
                "this Java runtime has no module java.management.rmi; run the command with the java of a JDK");
        }
        RmiSource beans = new RmiSource(pid, JMXConnectorFactory.connect(new JMXServiceURL(address(pid))));
        try {
            beans.awaitAgent();
            return beans;
        } catch (AttachedJvm.Unreachable | IOException | RuntimeException e) {
            beans.close();
            throw e;
        }
    }

    private static String address(String pid) throws AttachedJvm.Unreachable, IOException {
        try (AttachedJvm target = AttachedJvm.open(pid)) {
            return target.machine().startLocalManagementAgent();
        } catch (IOException e) {
            throw new AttachedJvm.Unreachable(Command.FAILED, "the JVM " + pid
                + " does not start its management agent, for which it needs the "
                + "module jdk.management.agent: " + e.getMessage());
        }
    }

    /** The agent registers its MBeans when it sees the server, which we may just have started. */
    private void awaitAgent() throws AttachedJvm.Unreachable, IOException {
        long deadline = System.nanoTime() + REGISTRATION_MILLIS * 1_000_000;
        while (!connection.isRegistered(AGENT)) {
            if (!isAttached()) {
                throw new AttachedJvm.Unreachable(Command.FAILED, "no tpool agent in the JVM " + pid
                    + "; attach it: java -jar tpool-agent.jar attach " + pid);
            }
            if (System.nanoTime() > deadline) {
                throw new AttachedJvm.Unreachable(Command.FAILED, "the agent in the JVM " + pid
                    + " registers no MBeans; it has jmx=false, or strict=true " + "and a problem in its configuration");
            }
            pause();
        }
    }

    /** Between two looks at what the agent there is about to do. */
    static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private boolean isAttached() throws IOException {
        try {
            String[] arguments = {AGENT_CLASS};
            Object answer =
                connection.invoke(COMMANDS, "vmClassHierarchy", new Object[] {arguments},
                new String[] {String[].class.getName()});
            return String.valueOf(answer).contains(AGENT_CLASS);
        } catch (JMException e) {
            // A JVM that does not tell: then the MBeans have to.
            return true;
        }
    }

    @Override
    public List<String> beans() throws IOException {
        List<String> names = new ArrayList<>();
        for (ObjectName bean : connection.queryNames(name(DOMAIN + "*,*"), null)) {
            String name = bean.getKeyProperty("name");
            String type = bean.getKeyProperty("type");
            names.add(name == null ? type : type + ' ' + (name.startsWith("\"") ? ObjectName.unquote(name) : name));
        }
        names.sort(null);
        return names;
    }

    @Override
    public Map<String, Object> attributes(String bean, String... names) throws IOException {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Attribute attribute : connection.getAttributes(objectName(bean), names).asList()) {
                values.put(attribute.getName(), attribute.getValue() instanceof TabularData table ? rows(table)
                    : attribute.getValue());
            }
        } catch (InstanceNotFoundException e) {
            throw new IOException(bean + " is gone", e);
        } catch (JMException e) {
            throw new IOException(bean + " does not answer: " + e.getMessage(), e);
        }
        return values;
    }

    private static ObjectName objectName(String bean) {
        if (!bean.startsWith(POOL)) {
            return name(DOMAIN + bean);
        }
        String name = bean.substring(POOL.length());
        boolean plain = name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        return name(DOMAIN + "Pool,name=" + (plain ? name : ObjectName.quote(name)));
    }

    /** The values of a Map as an MXBean gives it. */
    private static List<Map<String, Object>> rows(TabularData table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object entry : table.values()) {
            CompositeData row = (CompositeData) ((CompositeData) entry).get("value");
            Map<String, Object> values = new HashMap<>();
            row.getCompositeType().keySet().forEach(column -> values.put(column, row.get(column)));
            rows.add(values);
        }
        return rows;
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
