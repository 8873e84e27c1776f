// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** An application that knows nothing of the agent, and says what it sees of this JVM. */
public final class PlainApp {
    private static final int EXIT = 3;

    private PlainApp() {
    }

    /**
     * Does what the first argument says.
     *
     * @param arguments {@code work}; {@code see NAME...}, classes and resources to look for; {@code wait}, until
     *     standard input ends
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "work" -> work();
            case "see" -> List.of(arguments).subList(1, arguments.length).forEach(PlainApp::see);
            default -> await();
        }
    }

    private static void work() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 6 * 7")) {
            System.out.println("answer=" + rows.getInt(1));
        }
        System.getProperties().stringPropertyNames().stream().sorted()
            .forEach(name -> System.out.println("property=" + name));
        System.err.println("the application's own line");
        System.exit(EXIT);
    }

    private static void see(String name) {
        if (name.indexOf('/') >= 0) {
            System.out.println(name + "=" + (ClassLoader.getSystemResource(name) == null ? "none" : "there"));
            return;
        }
        try {
            System.out.println(name + "=" + Class.forName(name).getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            System.out.println(name + "=none");
        }
    }

    private static void await() throws IOException, InterruptedException {
        System.out.println("ready");
        System.in.read();
        Thread call = Thread.ofVirtual().start(() -> System.out.println("carried=" + carrier()));
        call.join();
    }

    /**
     * What the end of a virtual thread's {@code toString} says: {@code
     * VirtualThread[#21]/runnable@ForkJoinPool-1-worker-1}.
     */
    static String carrier() {
        String text = Thread.currentThread().toString();
        return text.substring(text.indexOf('@') + 1);
    }
}
