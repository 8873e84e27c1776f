// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A platform thread that keeps the database's write lock, as another process would, but for a moment now and then.
 *
 * @since 1.0
 */
public final class LockHolder {
    private static final int HELD_MILLIS = 100;
    private static final int FREE_MILLIS = 20;

    private LockHolder() {
    }

    /**
     * Starts one; it ends with the JVM.
     *
     * @param file made by {@link Database#create}
     */
    public static void start(Path file) {
        Thread.ofPlatform().daemon().name("lock holder").start(() -> hold(file));
    }

    private static void hold(Path file) {
        try (Connection connection = Database.open(file); Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("begin immediate");
                Thread.sleep(HELD_MILLIS);
                statement.execute("commit");
                Thread.sleep(FREE_MILLIS);
            }
        } catch (SQLException | InterruptedException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);   // without the lock something else would be measured
        }
    }
}
