// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The SQLite file that is queried and written.
 *
 * @since 1.0
 */
public final class Database {
    /** Rows of the table {@code item}; their ids begin with 1. */
    public static final int ROWS = 100_000;

    private Database() {
    }

    /**
     * Writes a new file.
     *
     * @param file replaced if it is there
     * @throws IOException if it cannot be replaced
     * @throws SQLException if SQLite fails
     */
    public static void create(Path file) throws IOException, SQLException {
        Files.deleteIfExists(file);
        try (Connection connection = open(file); Statement statement = connection.createStatement()) {
            statement.execute("create table item (id integer primary key, name text not null)");
            statement.execute("create table note (id integer primary key, item integer not null)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into item values (?, ?)")) {
                for (int id = 1; id <= ROWS; id++) {
                    insert.setInt(1, id);
                    insert.setString(2, "item " + id);
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    /**
     * Opens it. Commits do not wait for the disk, which is not what is measured.
     *
     * @param file made by {@link #create}
     * @return a connection that waits long for another's lock, as SQLite does it: it sleeps in native code
     * @throws SQLException if SQLite fails
     */
    public static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = off");
            statement.execute("pragma busy_timeout = 60000");
        }
        return connection;
    }

    /**
     * Finds one row by its key.
     *
     * @param file made by {@link #create}
     * @return with a connection of its own
     * @throws SQLException if SQLite fails
     */
    public static Work pointQuery(Path file) throws SQLException {
        return new Query(file, "select id, length(name) from item where id = ?", true);
    }

    /**
     * Reads all rows.
     *
     * @param file made by {@link #create}
     * @return with a connection of its own
     * @throws SQLException if SQLite fails
     */
    public static Work scan(Path file) throws SQLException {
        return new Query(file, "select id, length(name) from item", false);
    }

    /**
     * Computes in one native call for some tens of milliseconds.
     *
     * @param file made by {@link #create}
     * @return with a connection of its own
     * @throws SQLException if SQLite fails
     */
    public static Work longQuery(Path file) throws SQLException {
        return new Query(file,
            "select count(*), max(a.id * b.id) from item a, item b where a.id <= 20 and b.id <= 20000", false);
    }

    /**
     * Inserts a row, and waits for the lock if another connection has it.
     *
     * @param file made by {@link #create}
     * @return with a connection of its own
     * @throws SQLException if SQLite fails
     */
    public static Work insert(Path file) throws SQLException {
        return new Insert(file);
    }

    private static final class Query implements Work {
        private static final int STRIDE = 7_919;

        private final Connection connection;
        private final PreparedStatement query;
        private final boolean keyed;
        private int key;

        Query(Path file, String sql, boolean keyed) throws SQLException {
            connection = open(file);
            query = connection.prepareStatement(sql);
            this.keyed = keyed;
        }

        @Override
        public int direct() throws SQLException {
            if (keyed) {
                key = (key + STRIDE) % ROWS;
                query.setInt(1, key + 1);
            }
            int result = 0;
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    result += rows.getInt(1) + rows.getInt(2);
                }
            }
            return result;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static final class Insert implements Work {
        private final Connection connection;
        private final PreparedStatement insert;

        Insert(Path file) throws SQLException {
            connection = open(file);
            insert = connection.prepareStatement("insert into note (item) values (1)");
        }

        @Override
        public int direct() throws SQLException {
            return insert.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
