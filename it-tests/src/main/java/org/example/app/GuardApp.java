// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/**
 * An application that captures carriers when it is told to, line by line: {@code nap THREADS} lets so many virtual
 * threads sleep in native code, {@code crowd THREADS} lets so many sleep politely, {@code turn THREADS} lets so many
 * take turns on the carriers from then on, {@code collect NODES} has a heap with so many objects collected, {@code set
 * ATTRIBUTE VALUE} and {@code get ATTRIBUTE} talk to the guard's
 * MBean.
 *
 * @since 1.0
 */
public final class GuardApp {
    private static final int NAP_MICROS = 300_000;

    /** Kept, or there would be nothing to do in a turn. */
    private static volatile long turns;

    private GuardApp() {
    }

    /**
     * Does what it is told until standard input ends.
     *
     * @param arguments none
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        JnaApp.Direct.usleep(1);   // by a platform thread
        Load.print("began", "without a virtual thread");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "nap" -> {
                    Load.onVirtualThreads(Integer.parseInt(words[1]), number -> nap());
                    Load.print("napped", words[1]);
                }
                case "crowd" -> {
                    Load.onVirtualThreads(Integer.parseInt(words[1]), number -> Thread.sleep(1));
                    Load.print("crowded", words[1]);
                }
                case "turn" -> {
                    for (int i = Integer.parseInt(words[1]); i > 0; i--) {
                        Thread.startVirtualThread(GuardApp::takeTurns);
                    }
                    Load.print("turning", words[1]);
                }
                case "collect" -> Load.print("collected in ms", collect(Integer.parseInt(words[1])));
                case "set" -> set(words[1], words[2]);
                default -> Load.print(words[1], get(words[1]));
            }
        }
    }

    private static void nap() {
        JnaApp.Direct.usleep(NAP_MICROS);
    }

    private static void takeTurns() {
        while (true) {
            turns++;
            Thread.yield();
        }
    }

    /** A chain is marked by one thread, however many the collector has. */
    private static long collect(int nodes) {
        Object[] chain = null;
        for (int i = nodes; i > 0; i--) {
            chain = new Object[] {chain};
        }
        long begun = System.nanoTime();
        System.gc();
        long millis = (System.nanoTime() - begun) / 1_000_000;
        if (chain == null) {
            throw new IllegalArgumentException("no nodes");
        }
        return millis;
    }

    private static void set(String attribute, String value) throws JMException {
        Object typed = attribute.equals("Mode") ? value : attribute.equals("Max") ? Integer.valueOf(value)
            : (Object) Long.valueOf(value);
        try {
            server().setAttribute(name(), new Attribute(attribute, typed));
            Load.print("set " + attribute, value);
        } catch (RuntimeMBeanException e) {
            Load.print("refused " + attribute, e.getCause().getMessage());
        }
    }

    private static Object get(String attribute) throws JMException {
        return server().getAttribute(name(), attribute);
    }

    /** The agent registers its beans some milliseconds after the server is there. */
    private static MBeanServer server() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        while (!server.isRegistered(name())) {
            Thread.onSpinWait();
        }
        return server;
    }

    private static ObjectName name() throws JMException {
        return new ObjectName("io.tpool:type=Guard");
    }
}
