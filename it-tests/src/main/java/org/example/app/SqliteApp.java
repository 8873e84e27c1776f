// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.Function;

/**
 * SQLite through JDBC, as applications block in it: {@code query}, {@code busy}, {@code shared}, {@code callback}.
 *
 * @since 1.0
 */
public final class SqliteApp {
    private static final String COUNT =
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < %d) SELECT sum(x) FROM c";
    private static final int BLOCK_MILLIS = 2_000;
    private static final int SHARING_THREADS = 8;
    private static final long CALIBRATION_NANOS = 400_000_000;

    private SqliteApp() {
    }

    /**
     * Runs one of the cases.
     *
     * @param args name of the case
     * @throws Exception if the case fails
     */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "query" -> query();
            case "busy" -> busy();
            case "shared" -> shared();
            case "callback" -> callback();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** A query that computes for two seconds, on a connection for each thread. */
    private static void query() throws Exception {
        int threads = Load.carriers();
        Connection[] connections = new Connection[threads];
        for (int i = 0; i < threads; i++) {
            connections[i] = memory();
        }
        long rows = rowsFor(BLOCK_MILLIS);
        Load.onVirtualThreads(threads, i -> sum(connections[i], 10));
        AtomicLong correct = new AtomicLong();
        Load.besideBystander(threads, i -> {
            if (sum(connections[i], rows) == sumUpTo(rows)) {
                correct.incrementAndGet();
            }
        });
        Load.print("correct", correct.get() == threads);
    }

    /** Writers that find the database locked: busy_timeout sleeps in native code until the lock is free. */
    private static void busy() throws Exception {
        Path file = Files.createTempFile("tpool-busy", ".db");
        String url = "jdbc:sqlite:" + file;
        int threads = Load.carriers();
        try (Connection owner = DriverManager.getConnection(url); Statement lock = owner.createStatement()) {
            lock.execute("CREATE TABLE entry (writer INTEGER)");
            lock.execute("INSERT INTO entry VALUES (-1)");
            Connection[] writers = new Connection[threads];
            for (int i = 0; i < threads; i++) {
                writers[i] = DriverManager.getConnection(url);
                try (Statement settings = writers[i].createStatement()) {
                    settings.execute("PRAGMA busy_timeout = 60000");
                }
            }
            Load.onVirtualThreads(threads, i -> sum(writers[i], 10));
            lock.execute("BEGIN IMMEDIATE");
            Thread release = Thread.ofPlatform().start(() -> release(lock));
            Load.besideBystander(threads, i -> {
                try (Statement insert = writers[i].createStatement()) {
                    insert.executeUpdate("INSERT INTO entry VALUES (" + i + ")");
                }
            });
            release.join();
            try (ResultSet count = lock.executeQuery("SELECT count(*) FROM entry")) {
                Load.print("written", count.getInt(1) - 1 == threads);
            }
            for (Connection writer : writers) {
                writer.close();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void release(Statement lock) {
        try {
            Thread.sleep(BLOCK_MILLIS);
            lock.execute("COMMIT");
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Many threads query over each connection: they queue for its monitor while one is in native code. */
    private static void shared() throws Exception {
        Connection[] connections = new Connection[Load.carriers()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = memory();
        }
        int threads = SHARING_THREADS * connections.length;
        long rows = rowsFor(BLOCK_MILLIS / SHARING_THREADS);
        Load.onVirtualThreads(threads, i -> sum(connections[i % connections.length], 10));
        AtomicLong correct = new AtomicLong();
        Load.besideBystander(threads, i -> {
            if (sum(connections[i % connections.length], rows + i) == sumUpTo(rows + i)) {
                correct.incrementAndGet();
            }
        });
        Load.print("correct", correct.get() == threads);
    }

    /** SQL calls back into Java, and the Java function waits: a park with a native frame below it. */
    private static void callback() throws Exception {
        int threads = Load.carriers();
        Connection[] connections = new Connection[threads];
        AtomicInteger sameThread = new AtomicInteger();
        ThreadLocal<String> caller = new ThreadLocal<>();
        for (int i = 0; i < threads; i++) {
            connections[i] = memory();
            Function.create(connections[i], "wait_millis", new WaitMillis(caller, sameThread));
        }
        Load.onVirtualThreads(threads, i -> call(connections[i], 1));
        sameThread.set(0);
        Load.besideBystander(threads, i -> {
            caller.set(Thread.currentThread().getName());
            call(connections[i], BLOCK_MILLIS);
        });
        Load.print("functionRanOnItsCaller", sameThread.get() == threads);
    }

    private static void call(Connection connection, int millis) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT wait_millis(" + millis + ")")) {
            if (result.getInt(1) != millis) {
                throw new IllegalStateException("wait_millis returned " + result.getInt(1));
            }
        }
    }

    private static Connection memory() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    private static long sum(Connection connection, long rows) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result =
            statement.executeQuery(COUNT.formatted(rows))) {
            return result.getLong(1);
        }
    }

    private static long sumUpTo(long rows) {
        return rows * (rows + 1) / 2;
    }

    /**
     * How many rows a processor of this machine counts in that time; it takes at least as long where others have the
     * processor, too.
     */
    private static long rowsFor(int millis) throws SQLException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (Connection connection = memory()) {
            long rows = 100_000;
            while (true) {
                long start = threads.getCurrentThreadCpuTime();
                sum(connection, rows);
                long nanos = threads.getCurrentThreadCpuTime() - start;
                if (nanos >= CALIBRATION_NANOS) {
                    return (long) ((double) rows * millis * 1_000_000 / nanos);
                }
                rows *= 2;
            }
        }
    }

    private static final class WaitMillis extends Function {
        private final ThreadLocal<String> caller;
        private final AtomicInteger sameThread;

        WaitMillis(ThreadLocal<String> caller, AtomicInteger sameThread) {
            this.caller = caller;
            this.sameThread = sameThread;
        }

        @Override
        protected void xFunc() throws SQLException {
            if (Thread.currentThread().getName().equals(caller.get())) {
                sameThread.incrementAndGet();
            }
            int millis = value_int(0);
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            result(millis);
        }
    }
}
