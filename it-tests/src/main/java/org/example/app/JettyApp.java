// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A web server whose requests run on virtual threads: {@code /order} writes to an SQLite database, {@code /health}
 * answers at once. Orders come while somebody holds the database's lock; the bystander is whoever asks for the server's
 * health, from a platform thread.
 *
 * @since 1.0
 */
public final class JettyApp {
    private static final int LOCKED_MILLIS = 2_000;
    private static final int IDLE_MILLIS = 300;
    private static final int PAUSE_MILLIS = 5;

    private final String url;
    private final int port;
    private final ExecutorService threads;
    private final HttpClient client;

    private JettyApp(String url, int port, ExecutorService threads) {
        this.url = url;
        this.port = port;
        this.threads = threads;
        client = HttpClient.newBuilder().executor(threads).build();
    }

    /**
     * Runs it.
     *
     * @param args none
     * @throws Exception what went wrong
     */
    public static void main(String[] args) throws Exception {
        Path file = Files.createTempFile("tpool-jetty", ".db");
        String url = "jdbc:sqlite:" + file;
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        server.setHandler(new Shop(url));
        server.start();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            new JettyApp(url, connector.getLocalPort(), threads).run();
        } finally {
            server.stop();
            Files.delete(file);
        }
    }

    private static final class Shop extends Handler.Abstract {
        private final String url;

        Shop(String url) {
            this.url = url;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws SQLException {
            String answer = Thread.currentThread().isVirtual() ? "virtual" : "platform";
            if (Request.getPathInContext(request).equals("/order")) {
                try (Connection connection = DriverManager.getConnection(url); Statement statement =
                    connection.createStatement()) {
                    statement.execute("PRAGMA busy_timeout = 60000");
                    statement.executeUpdate("INSERT INTO orders VALUES (1)");
                }
            }
            Content.Sink.write(response, true, answer, callback);
            return true;
        }
    }

    private void run() throws Exception {
        int orders = Load.carriers();
        try (Connection owner = DriverManager.getConnection(url); Statement lock = owner.createStatement();
                Bystander machine = Bystander.start(Thread.ofPlatform())) {
            lock.execute("CREATE TABLE orders (item INTEGER)");
            get("/order");
            worstUntil(System.nanoTime() + IDLE_MILLIS * 1_000_000L, List.of());
            Load.print("idleMillis", worstUntil(System.nanoTime() + IDLE_MILLIS * 1_000_000L, List.of()));
            lock.execute("BEGIN IMMEDIATE");
            machine.reset();
            List<Future<String>> waiting = new ArrayList<>();
            for (int i = 0; i < orders; i++) {
                waiting.add(threads.submit(() -> get("/order")));
            }
            Future<?> release = threads.submit(() -> {
                Thread.sleep(LOCKED_MILLIS);
                return lock.execute("COMMIT");
            });
            Load.print("gapMillis", worstUntil(Long.MAX_VALUE, waiting));
            Load.print("machineMillis", machine.worstMillis());
            release.get();
            for (Future<String> order : waiting) {
                Load.print("orderedBy", order.get());
            }
            try (ResultSet count = lock.executeQuery("SELECT count(*) FROM orders")) {
                Load.print("written", count.getInt(1) == orders + 1);
            }
            Figures.print();
        }
    }

    /**
     * Asks for the server's health until then, or until all those have their answer: the longest time that one answer
     * took, in milliseconds.
     */
    private double worstUntil(long nanoTime, List<Future<String>> others) throws Exception {
        long worst = 0;
        do {
            long asked = System.nanoTime();
            get("/health");
            worst = Math.max(worst, System.nanoTime() - asked);
            Thread.sleep(PAUSE_MILLIS);
        } while (others.isEmpty() ? System.nanoTime() < nanoTime : !others.stream().allMatch(Future::isDone));
        return worst / 1e6;
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
            BodyHandlers.ofString()).body();
    }
}
