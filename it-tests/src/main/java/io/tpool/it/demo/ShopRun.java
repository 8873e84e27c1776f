// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/**
 * What one run of the {@link Shop} achieved.
 *
 * @param seconds how long it ran
 * @param orders orders written
 * @param failures orders given up because the database was locked
 * @param worstMillis longest silence of the health check
 * @param threads OS threads that wrote orders, the busiest first
 */
record ShopRun(int seconds, int orders, int failures, double worstMillis, List<String> threads) {
    static final int CARRIERS = 2;
    private static final int GRACE_SECONDS = 120;

    double ordersPerSecond() {
        return (double) orders / seconds;
    }

    /**
     * Runs the shop in a new JVM.
     *
     * @param options of that JVM
     * @param seconds how long
     * @param silence told each silence of the health check in milliseconds, as it is seen
     * @return what was achieved
     */
    static ShopRun of(List<String> options, int seconds, DoubleConsumer silence) throws IOException,
        InterruptedException {
        List<String> command =
            new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS, "-cp", absoluteClassPath()));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(options);
        command.addAll(List.of(Shop.class.getName(), Integer.toString(seconds)));
        Process shop = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        Thread watchdog = Thread.ofPlatform().daemon().start(() -> endAfter(shop, seconds + GRACE_SECONDS));
        try (BufferedReader lines = shop.inputReader()) {
            return read(lines, seconds, silence);
        } finally {
            watchdog.interrupt();
            shop.destroyForcibly().waitFor();
        }
    }

    private static ShopRun read(BufferedReader lines, int seconds, DoubleConsumer silence) throws IOException {
        int orders = -1;
        int failures = 0;
        double worst = 0;
        List<String> threads = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String value = line.substring(line.indexOf('=') + 1);
            switch (line.substring(0, line.length() - value.length())) {
                case "silent=" -> {
                    worst = Math.max(worst, Double.parseDouble(value));
                    silence.accept(Double.parseDouble(value));
                }
                case "orders=" -> orders = Integer.parseInt(value);
                case "failures=" -> failures = Integer.parseInt(value);
                case "thread=" -> threads.add(value);
                default -> throw new IOException("the shop printed: " + line);
            }
        }
        if (orders < 0) {
            throw new IOException("the shop ended before its time");
        }
        return new ShopRun(seconds, orders, failures, worst, threads);
    }

    private static void endAfter(Process shop, int seconds) {
        try {
            if (!shop.waitFor(seconds, TimeUnit.SECONDS)) {
                shop.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // The shop has ended by itself: that is what the interrupt says.
            return;
        }
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
