// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The shop's database and its pool of connections: plain JDBC, with the driver's own waiting time for a locked database
 * (3 s).
 */
final class Database {
    private static final int CONNECTIONS = 4;
    private static final int PRODUCTS = 100;
    private static final String[] SCHEMA = {
        "CREATE TABLE product (id INTEGER PRIMARY KEY, stock INTEGER NOT NULL)",
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, product INTEGER NOT NULL, os_thread TEXT NOT NULL)",
        "CREATE TABLE sale (product INTEGER NOT NULL, amount INTEGER NOT NULL)",
        "INSERT INTO product WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (PRODUCTS - 1)
            + ") SELECT i, 1000000 FROM n",
        "INSERT INTO sale WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) "
            + "SELECT i * 7919 % "
            + PRODUCTS + ", i % 50 FROM n"
    };
    private static final String REPORT =
        "SELECT product, count(*), avg(amount), max(amount) FROM sale GROUP BY product ORDER BY 3 DESC";

    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(CONNECTIONS);
    private final Connection reporting;

    Database(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        String url = "jdbc:sqlite:" + file;
        reporting = config.createConnection(url);
        try (Statement statement = reporting.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = config.createConnection(url);
            Function.create(connection, "os_thread", new OsThread());
            idle.add(connection);
        }
    }

    /**
     * Reserves a product and writes the order down.
     *
     * @param confirmation what has to be waited for while the product is reserved
     */
    void order(Confirmation confirmation) throws SQLException, InterruptedException {
        Connection connection = idle.take();
        try {
            order(connection, ThreadLocalRandom.current().nextInt(PRODUCTS), confirmation);
        } finally {
            idle.add(connection);
        }
    }

    /** Waits for another service. */
    @FunctionalInterface
    interface Confirmation {
        void await() throws InterruptedException;
    }

    private static void order(Connection connection, int product, Confirmation confirmation) throws SQLException,
        InterruptedException {
        try (Statement transaction = connection.createStatement();
                PreparedStatement reserve =
                    connection.prepareStatement("UPDATE product SET stock = stock - 1 WHERE id = ?");
                PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO orders (product, os_thread) VALUES (?, os_thread())")) {
            transaction.execute("BEGIN IMMEDIATE");
            reserve.setInt(1, product);
            reserve.executeUpdate();
            confirmation.await();
            insert.setInt(1, product);
            insert.executeUpdate();
            transaction.execute("COMMIT");
        }
    }

    /** Reads every sale there ever was. */
    void report() throws SQLException {
        try (Statement statement = reporting.createStatement(); ResultSet rows = statement.executeQuery(REPORT)) {
            while (rows.next()) {
                rows.getDouble(3);
            }
        }
    }

    /** Begins anew. */
    void forgetOrders() throws SQLException {
        try (Statement statement = reporting.createStatement()) {
            statement.execute("DELETE FROM orders");
        }
    }

    /** The OS threads that wrote orders, the busiest first. */
    List<String> osThreads() throws SQLException {
        List<String> threads = new ArrayList<>();
        try (Statement statement = reporting.createStatement();
                ResultSet rows =
                    statement.executeQuery("SELECT os_thread FROM orders GROUP BY 1 ORDER BY count(*) DESC")) {
            while (rows.next()) {
                threads.add(rows.getString(1));
            }
        }
        return threads;
    }

    /**
     * The SQL function that tells which OS thread SQLite runs on: its name, and its number where the platform shows it.
     */
    private static final class OsThread extends Function {
        private static final Path SELF = Path.of("/proc/thread-self");

        @Override
        protected void xFunc() throws SQLException {
            String thread = Thread.currentThread().toString();
            String name = thread.substring(thread.indexOf('@') + 1);
            try {
                result(Files.exists(SELF) ? name + " " + Files.readSymbolicLink(SELF).getFileName() : name);
            } catch (IOException e) {
                throw new SQLException(e);
            }
        }
    }
}
