// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.soak;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code org.example.soak.SoakApp} in a JVM with the shipped jar: SQLite, RocksDB, JNA and Java mixed, in pools
 * of every policy, which are resized
 * and switched meanwhile.
 *
 * @since 1.0
 */
public final class Soak {
    private static final long PATIENCE_MINUTES = 5;
    private static final List<String> SETTINGS = List.of(
            "strict = true",
            "mode = tpool",
            "methods = java.sql.Statement+#execute*, java.sql.Statement+#close, java.sql.Connection+#createStatement",
            "pool.size = 4",
            "pool.max = 8",
            "pool.keepalive = 100ms",
            "pool.rocks.methods = org.rocksdb.RocksDB#put, org.rocksdb.RocksDB#get",
            "pool.rocks.size = 2",
            "pool.rocks.max = 4",
            "pool.rocks.saturation = inplace",
            "pool.jna.methods = com.sun.jna.Library$Handler#invoke",
            "pool.jna.mode = handoff",
            "pool.jna.size = 2",
            "pool.jna.max = 4",
            "pool.jna.saturation = reject",
            "pool.java.methods = org.example.soak.JavaWork#outer, org.example.soak.JavaWork#inner",
            "pool.java.size = 2",
            "pool.java.max = 4",
            "pool.java.stacksize = 512k",
            "pool.visitors.methods = org.example.soak.VisitorWork$Visitor#applyAsLong",
            "pool.visitors.size = 1",
            "pool.visitors.max = 1",
            "pool.visitors.saturation = inplace");

    private Soak() {
    }

    /**
     * Runs it; the properties {@code soak.minutes} and {@code soak.jdk}, the home of a JDK, say for how long and on
     * what.
     *
     * @param args the agent's jar, and the directory for the report
     * @throws Exception if the JVM cannot be started
     */
    public static void main(String[] args) throws Exception {
        double minutes = Double.parseDouble(System.getProperty("soak.minutes"));
        String jdk = System.getProperty("soak.jdk", "");
        Path home = Path.of(jdk.isBlank() ? System.getProperty("java.home") : jdk);
        Path directory = Files.createDirectories(Path.of(args[1]));
        Path settings = Files.write(directory.resolve("soak.properties"), SETTINGS);
        Path report = directory.resolve("soak-report.txt");
        Files.deleteIfExists(report);
        int status = run(minutes, List.of(home.resolve("bin").resolve("java").toString(),
                "-javaagent:" + Path.of(args[0]).toAbsolutePath().normalize() + "=config=" + settings,
                "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:NativeMemoryTracking=summary",
                "-Djdk.virtualThreadScheduler.parallelism=2", "-cp", absolute(System.getProperty("java.class.path")),
                "org.example.soak.SoakApp", String.valueOf(minutes), report.toString()));
        System.out.println(Files.exists(report) ? "the report is in " + report : "there is no report");
        System.exit(status);
    }

    private static int run(double minutes, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        long limit = (long) (minutes * 60) + TimeUnit.MINUTES.toSeconds(PATIENCE_MINUTES);
        if (process.waitFor(limit, TimeUnit.SECONDS)) {
            return process.exitValue();
        }
        System.out.println("the application did not end within " + limit + " s");
        process.destroyForcibly().waitFor();
        return 1;
    }

    private static String absolute(String classPath) {
        return String.join(File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream().map(entry ->
                        Path.of(entry).toAbsolutePath().toString()).toList());
    }
}
