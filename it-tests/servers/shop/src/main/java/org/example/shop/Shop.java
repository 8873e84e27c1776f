// SPDX-License-Identifier: Apache-2.0
package org.example.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A shop on SQLite that takes orders and makes reports: plain JDBC, which knows nothing of the agent.
 *
 * @since 1.0
 */
public final class Shop {
    /** The database file is {@code shop.db} in the working directory. */
    public static final String URL = "jdbc:sqlite:shop.db?journal_mode=WAL&synchronous=NORMAL&busy_timeout=10000";
    private static final int SALES = 200_000;
    private static final int PRODUCTS = 100;

    private final DataSource source;

    /**
     * Makes a shop.
     *
     * @param source where the connections come from
     */
    public Shop(DataSource source) {
        this.source = source;
    }

    /**
     * Opens a pool of connections, for servers that have none of their own.
     *
     * @return HikariCP as it comes
     */
    public static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        return new HikariDataSource(config);
    }

    /**
     * Makes the tables, with 200,000 sales to report on.
     *
     * @throws SQLException if the database cannot be written
     */
    public void create() throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, product INTEGER NOT NULL)");
            statement.execute("CREATE TABLE sale (product INTEGER NOT NULL, amount INTEGER NOT NULL)");
            statement.execute("INSERT INTO sale WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                + "WHERE i < " + SALES + ") SELECT i * 7919 % " + PRODUCTS + ", i % 50 FROM n");
        }
    }

    /**
     * Writes down one order.
     *
     * @return a word for the customer
     * @throws SQLException if the order cannot be written
     */
    public String order() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders (product) VALUES (?)")) {
            insert.setInt(1, 1);
            return "ordered " + insert.executeUpdate();
        }
    }

    /**
     * Reads every sale there ever was.
     *
     * @return how much was sold of all products
     * @throws SQLException if the sales cannot be read
     */
    public String report() throws SQLException {
        long[] sold = new long[PRODUCTS];
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement();
                ResultSet sales = statement.executeQuery("SELECT product, amount FROM sale")) {
            while (sales.next()) {
                sold[sales.getInt(1)] += sales.getInt(2);
            }
        }
        long sum = 0;
        for (long amount : sold) {
            sum += amount;
        }
        return "sold " + sum;
    }
}
