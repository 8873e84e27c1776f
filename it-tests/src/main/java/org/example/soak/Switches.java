// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;

/** What an operator does, more often than any: resizes pools, switches offloading off and on, records, and looks. */
final class Switches implements Runnable {
    private static final int LARGEST = 8;
    private static final long PAUSE_MILLIS = 200;
    private static final ObjectName OFFLOAD = name("io.tpool:type=Offload");
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Random random;
    private final BooleanSupplier over;
    private Recording recording;
    volatile long done;
    volatile long recordings;
    volatile Throwable failed;

    Switches(long seed, BooleanSupplier over) {
        random = new Random(seed);
        this.over = over;
    }

    @Override
    public void run() {
        try {
            while (!over.getAsBoolean() && (!server.isRegistered(OFFLOAD) || pools().isEmpty())) {
                Thread.sleep(PAUSE_MILLIS);   // the agent registers its beans when the JVM has come up
            }
            while (!over.getAsBoolean()) {
                once();
                done++;
                Thread.sleep(random.nextLong(PAUSE_MILLIS));
            }
            enable(true);
            stopRecording();
        } catch (Throwable e) {
            failed = e;
            e.printStackTrace();
        }
    }

    private void once() throws Exception {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> resize();
            case 6 -> enable(random.nextInt(4) != 0);
            case 7 -> startRecording();
            case 8 -> stopRecording();
            default -> look();
        }
    }

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (JMException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private List<ObjectName> pools() throws JMException {
        return new ArrayList<>(server.queryNames(new ObjectName("io.tpool:type=Pool,*"), null));
    }

    /** Never so small that calls which wait for each other stand still for long. */
    private void resize() throws JMException {
        List<ObjectName> pools = pools();
        ObjectName pool = pools.get(random.nextInt(pools.size()));
        int size = 1 + random.nextInt(LARGEST);
        server.setAttribute(pool, new Attribute("Size", size));
        server.setAttribute(pool, new Attribute("MaxSize", size + random.nextInt(LARGEST)));
    }

    private void enable(boolean on) throws JMException {
        server.setAttribute(OFFLOAD, new Attribute("Enabled", on));
    }

    private void look() throws JMException {
        for (ObjectName pool : pools()) {
            server.getAttribute(pool, "Threads");
        }
        server.getAttribute(OFFLOAD, "Methods");
    }

    private void startRecording() {
        if (recording == null) {
            recording = new Recording();
            recording.enable("io.tpool.Offload").withThreshold(Duration.ofMillis(1));
            recording.setMaxSize(4 << 20);
            recording.start();
            recordings++;
        }
    }

    private void stopRecording() {
        if (recording != null) {
            recording.close();
            recording = null;
        }
    }

    /** Calls that pools have carried out. */
    static long offloaded() {
        return completed().sum();
    }

    static boolean isEveryPoolUsed() {
        return completed().allMatch(calls -> calls > 0);
    }

    /** Of each pool. */
    private static LongStream completed() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            LongStream.Builder counts = LongStream.builder();
            for (ObjectName name : server.queryNames(new ObjectName("io.tpool:type=Pool,*"), null)) {
                counts.add((long) server.getAttribute(name, "CompletedCount"));
            }
            return counts.build();
        } catch (JMException e) {
            throw new IllegalStateException("the agent is not there", e);
        }
    }
}
