// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Waits for a line; captures all carriers, some times over, while one more virtual thread waits, and calls a method
 * that is listed. It measures by itself how often and for how long, for a dashboard to be held against. Then it waits
 * for its standard input to end.
 *
 * @since 1.0
 */
public final class MonitoredApp {
    private static final int ROUNDS = 5;
    private static final int NAP_MICROS = 200_000;
    /** One carrier is free again before the others, and the thread that waits is all that this ends. */
    private static final int LONGER_MICROS = 60_000;
    private static final int CALLS = 40;
    private static final LongAdder capturedNanos = new LongAdder();
    private static volatile long ran;

    private MonitoredApp() {
    }

    /**
     * Runs it.
     *
     * @param arguments none
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        // Loads all classes.
        captureAll();
        callListed();
        reset();
        capturedNanos.reset();
        Load.print("waiting", "for a line");
        System.in.read();
        long waited = 0;
        for (int i = 0; i < ROUNDS; i++) {
            waited += captureAll();
        }
        callListed();
        Load.print("captures", ROUNDS * Load.carriers());
        Load.print("capturedSeconds", capturedNanos.sum() / 1e9);
        Load.print("starvations", ROUNDS);
        Load.print("starvedSeconds", waited / 1e9);
        Load.print("calls", 2 * CALLS);
        Load.print("ready", "until the end of standard input");
        CountedCalls.awaitEnd();
    }

    private static void callListed() throws Exception {
        Load.onVirtualThreads(CALLS, number -> new CountedCalls().callOnce());
    }

    /** Captures all carriers at once; the nanoseconds that one more virtual thread waits for one. */
    private static long captureAll() throws Exception {
        CountDownLatch captured = new CountDownLatch(Load.carriers());
        CountDownLatch waiting = new CountDownLatch(1);
        Thread captors = Thread.ofPlatform().start(() -> {
            try {
                Load.onVirtualThreads(Load.carriers(), number -> {
                    captured.countDown();
                    long begun = System.nanoTime();
                    JnaApp.Direct.usleep(NAP_MICROS + number * LONGER_MICROS);
                    capturedNanos.add(System.nanoTime() - begun);
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        captured.await();
        long begun = System.nanoTime();
        Thread.startVirtualThread(() -> {
            ran = System.nanoTime();
            waiting.countDown();
        });
        waiting.await();
        captors.join();
        return ran - begun;
    }

    /** The agent registers its beans some milliseconds after the server is there. */
    private static void reset() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName guard = new ObjectName("io.tpool:type=Guard");
        while (!server.isRegistered(guard)) {
            Thread.onSpinWait();
        }
        server.invoke(guard, "reset", null, null);
    }
}
