// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Reads a configuration in a new JVM, and looks at the classes that it loads for that. */
@Timeout(120)
class StartUpTest {
    private static final String BEGIN = "-- reading begins";
    private static final String END = "-- reading has ended";

    @TempDir
    Path directory;

    /** What runs in the new JVM. */
    static final class Reading {
        private Reading() {
        }

        public static void main(String[] arguments) {
            System.out.println("the runtime's jar is open: " + Mode.TPOOL);
            System.out.println(BEGIN);
            Configuration configuration =
                Configuration.read(Sources.ofThisJvm(arguments[0], new File("tpool-agent.jar")));
            configuration.patterns().mayMatch("com/acme/Store");
            System.out.println(END);
            System.exit(configuration.problems().isEmpty() && configuration.pools().size() == 2
                    && configuration.switches().log() == LogLevel.INFO ? 0 : 1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readingTheEnvironmentLeavesTheNativesThatStartProcessesUnloaded() throws Exception {
        Files.writeString(directory.resolve("agent.properties"), "methods = native java.lang.ProcessImpl#forkAndExec");

        List<String> loaded = run();

        assertEquals(List.of(), loaded.stream().filter(line -> line.contains("java.lang.Process")).toList());
    }

    @Test
    void readingAConfigurationLoadsNothingThatStartUpHasToPayFor() throws Exception {
        Files.writeString(directory.resolve("agent.properties"), """
                methods = java.sql.Statement+#execute*, \\
                          native org.sqlite.core.NativeDB#*
                exclude = com.acme.**#close
                pool.rocksdb.methods = org.rocksdb.**#*(int, String[])
                pool.rocksdb.keepalive = 5s
                """);

        List<String> loaded = run();

        List<String> unwanted = new ArrayList<>();
        for (String line : loaded) {
            for (String part
                : new String[] {"java.util.logging", "java.nio.file", "sun.nio.fs", "java.util.regex",
                "java.util.stream",
                "java.lang.invoke", "java.util.Formatter", "LambdaForm", "java.time",
                "java.util.concurrent.ForkJoin"}) {
                if (line.contains(part)) {
                    unwanted.add(line);
                }
            }
        }
        assertEquals(List.of(), unwanted);
        assertTrue(loaded.stream().anyMatch(line -> line.contains(ConfigurationReader.class.getName())),
            "nothing was seen at all");
    }

    /** @return the lines of the class loading log between the two marks */
    private List<String> run() throws IOException, InterruptedException {
        String classPath = location(Configuration.class) + File.pathSeparator + location(StartUpTest.class)
            + File.pathSeparator + location(Mode.class);
        Path output = directory.resolve("output");
        ProcessBuilder builder =
            new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xlog:class+load", "-cp", classPath,
                Reading.class.getName(), "pool.size=8,config=" + directory.resolve("agent.properties"))
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("TPOOL_LOG", "info");
        builder.environment().put("TPOOL_POOL_ROCKSDB_SIZE", "3");
        builder.environment().put("TPOOL_POOL_ROCKSDB_METHODS", "org.rocksdb.RocksDB#flush");
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the JVM did not end");
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), text);
        return text.substring(text.indexOf(BEGIN), text.indexOf(END)).lines().toList();
    }

    private static String location(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath();
    }
}
