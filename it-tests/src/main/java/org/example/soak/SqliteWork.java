// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Queries a database in memory. */
final class SqliteWork implements Work {
    private static final long ROWS = 3_000;
    private static final String SUM =
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < " + ROWS
                    + ") SELECT sum(x) FROM c";

    private final Connection connection;

    SqliteWork() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @Override
    public void once() throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(SUM)) {
            Work.check(result.getLong(1) == ROWS * (ROWS + 1) / 2, "SQLite counted wrong");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
