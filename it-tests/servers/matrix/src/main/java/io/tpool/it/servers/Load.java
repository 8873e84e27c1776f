// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded load on one server: clients that send the next request when the last one is answered, and a health check
 * every 20 ms, whether or not the last one is answered.
 */
final class Load {
    /** Two for each carrier. */
    private static final int REPORT_CLIENTS = 4;
    private static final int ORDER_CLIENTS = 2;
    private static final int HEALTH_EVERY_MILLIS = 20;

    private final HttpClient client;
    private final AtomicInteger failures = new AtomicInteger();

    Load(HttpClient client) {
        this.client = client;
    }

    /**
     * What came of the load.
     *
     * @param seconds how long it lasted
     * @param orders answered in that time
     * @param reports answered in that time
     * @param healthMillis how long each health check took, in ascending order
     * @param othersCpu processors that other processes than the server and this one used
     */
    record Outcome(double seconds, int orders, int reports, double[] healthMillis, double othersCpu) {
        double healthMillis(double share) {
            return healthMillis[(int) Math.min(healthMillis.length - 1L, (long) (healthMillis.length * share))];
        }
    }

    /** Requests that were answered with an error, so far. */
    int failures() {
        return failures.get();
    }

    /** One client that orders, and nothing else: nothing blocks. */
    Outcome orders(RunningServer server, int seconds) throws Exception {
        return run(server, seconds, 1, 0, false);
    }

    /** Reports, orders and health checks at once. */
    Outcome everything(RunningServer server, int seconds) throws Exception {
        return run(server, seconds, ORDER_CLIENTS, REPORT_CLIENTS, true);
    }

    private Outcome run(RunningServer server, int seconds, int orderClients, int reportClients, boolean health)
        throws Exception {
        AtomicInteger orders = new AtomicInteger();
        AtomicInteger reports = new AtomicInteger();
        ConcurrentLinkedQueue<Double> healthMillis = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        double cpu = -server.cpuSeconds() - ownCpuSeconds();
        totalCpuShare();
        double used;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < orderClients; i++) {
                running.add(clients.submit(() -> repeat(end, client::order, orders)));
            }
            for (int i = 0; i < reportClients; i++) {
                running.add(clients.submit(() -> repeat(end, client::report, reports)));
            }
            for (long next = begin; next < end; next += TimeUnit.MILLISECONDS.toNanos(HEALTH_EVERY_MILLIS)) {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                if (health) {
                    running.add(clients.submit(() -> check(healthMillis)));
                }
            }
            TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
            cpu += server.cpuSeconds() + ownCpuSeconds();
            used = totalCpuShare() * Runtime.getRuntime().availableProcessors();
            for (Future<?> each : running) {
                each.get();
            }
        }
        double[] sorted = healthMillis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Outcome(seconds, orders.get(), reports.get(), sorted, Math.max(0, used - cpu / seconds));
    }

    private Void repeat(long end, Callable<Boolean> request, AtomicInteger answered) throws Exception {
        while (System.nanoTime() < end) {
            if (!request.call()) {
                failures.incrementAndGet();
            } else if (System.nanoTime() < end) {
                answered.incrementAndGet();
            }
        }
        return null;
    }

    private Void check(ConcurrentLinkedQueue<Double> healthMillis) throws IOException {
        long begin = System.nanoTime();
        if (!client.isUp()) {
            failures.incrementAndGet();
        }
        healthMillis.add((System.nanoTime() - begin) / 1e6);
        return null;
    }

    private static double ownCpuSeconds() {
        return bean().getProcessCpuTime() / 1e9;
    }

    /** Share of all processors that was busy since this was called last. */
    private static double totalCpuShare() {
        return bean().getCpuLoad();
    }

    private static com.sun.management.OperatingSystemMXBean bean() {
        return (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
