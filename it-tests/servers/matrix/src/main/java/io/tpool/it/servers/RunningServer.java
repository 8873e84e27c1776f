// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, with two carriers, from its start until it is closed. */
final class RunningServer implements AutoCloseable {
    private static final int POLL_MILLIS = 5;
    private static final int LIMIT_SECONDS = 60;
    private static final int CARRIERS = 2;

    private final Process process;
    private final HttpClient client;
    private final Path log;
    private final double startCpuSeconds;
    private final double startMegabytes;

    private RunningServer(Process process, HttpClient client, Path log) {
        this.process = process;
        this.client = client;
        this.log = log;
        startCpuSeconds = cpuSeconds();
        startMegabytes = megabytes();
    }

    /**
     * Starts a server and waits for its first answer.
     *
     * @param java to start it with
     * @param options of that JVM
     * @param jar of the server
     * @param directory working directory, in which the database lies
     * @param log where its output goes
     */
    static RunningServer start(Path java, List<String> options, Path jar, Path directory, Path log) throws IOException,
        InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx512m", "-Dshop.port=" + port,
            "-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile()).start();
        HttpClient client = new HttpClient(port);
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!answers(client)) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                process.destroyForcibly().waitFor();
                throw new IOException("does not answer: " + command + "; its output is in " + log);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return new RunningServer(process, client, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(HttpClient client) throws IOException {
        try {
            return client.isUp();
        } catch (ConnectException e) {
            return false;
        }
    }

    HttpClient client() {
        return client;
    }

    long pid() {
        return process.pid();
    }

    double startCpuSeconds() {
        return startCpuSeconds;
    }

    double startMegabytes() {
        return startMegabytes;
    }

    /** CPU time of the process so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow() / 1e9;
    }

    /** Memory of the process that is resident now. */
    double megabytes() {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that the agent has printed. */
    List<String> saidByAgent() throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.contains("[tpool]")).toList();
    }

    /**
     * Ends the process as an operator does, so that what is said at the exit is said. It fails if the process does not
     * end.
     */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .whenComplete((ended, late) -> process.destroyForcibly()).join();
    }
}
