// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tpool.junit.CarriersStayFree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class SqliteBusyWait {
    @Test
    void waitsForLock() throws Exception {
        Path file = Files.createTempFile("busy", ".db");
        try (Connection first = DriverManager.getConnection("jdbc:sqlite:" + file);
                Connection second = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement holds = first.createStatement(); Statement waits = second.createStatement()) {
            waits.execute("pragma busy_timeout=1200");
            holds.execute("begin exclusive");
            Work.inThreads(1, () -> assertThrows(SQLException.class, () -> waits.execute("begin exclusive")));
        } finally {
            Files.delete(file);
        }
    }
}
