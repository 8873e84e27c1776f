// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.example.shop.Shop;
import org.sqlite.SQLiteDataSource;

/**
 * Runs each server on each JDK with each {@link Setup}, and adds what was seen to {@code servers.csv},
 * {@code servers.md} and {@code servers.svg}. What the servers and {@code discover} print stays beside them.
 *
 * @since 1.0
 */
public final class Matrix {
    private static final String LISTED = "methods = java.sql.Statement+#execute*\n";
    private static final int STARTS = 3;
    private static final int WARM_UP_SECONDS = 4;
    private static final int ALONE_SECONDS = 4;
    private static final int BUSY_SECONDS = 8;

    private final Path agent;
    private final Path servers;
    private final Path target;
    private final Path database;
    private final Results results;

    private Matrix(Path agent, Path servers, Path target) throws Exception {
        this.agent = agent;
        this.servers = servers;
        this.target = target;
        results = new Results(target);
        database = target.resolve("shop.db");
        Files.deleteIfExists(database);
        new Shop(source("jdbc:sqlite:" + database)).create();
    }

    private static DataSource source(String url) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        return source;
    }

    /**
     * Runs it; the property {@code tpool.it.java} has the homes of the JDKs, {@code servers.only} the names of the
     * servers, {@code servers.setups} those of the setups. Each may be empty.
     *
     * @param args the agent's jar, the folder of the servers, and where the results go
     * @throws Exception if a server or {@code discover} fails
     */
    public static void main(String[] args) throws Exception {
        Matrix matrix = new Matrix(path(args[0]), path(args[1]), Files.createDirectories(path(args[2])));
        List<String> only = words("servers.only", ",");
        List<String> homes = words("tpool.it.java", File.pathSeparator);
        for (Server server : Server.ALL) {
            if (only.isEmpty() || only.contains(server.name())) {
                for (String home : homes.isEmpty() ? List.of(System.getProperty("java.home")) : homes) {
                    matrix.run(server, Path.of(home));
                }
            }
        }
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static List<String> words(String property, String separator) {
        return Arrays.stream(System.getProperty(property, "").split(separator)).filter(word -> !word.isBlank())
            .toList();
    }

    private void run(Server server, Path home) throws Exception {
        String discovered = "";
        List<String> only = words("servers.setups", ",");
        for (Setup setup : Setup.values()) {
            if (!only.isEmpty() && !only.contains(setup.name())) {
                continue;
            }
            String settings = setup == Setup.LISTED ? LISTED : setup == Setup.DISCOVERED ? discovered : "";
            if (setup == Setup.DISCOVERED && settings.isEmpty()) {
                System.out.println("discover has nothing to list on " + server.title());
            } else {
                Discovery discovery = run(new Case(server, home, setup, settings));
                discovered = setup == Setup.GUARDED ? discovery.linesToPaste() : discovered;
            }
        }
    }

    /** One row of the matrix. */
    private record Case(Server server, Path home, Setup setup, String settings) {
        Path java() {
            return home.resolve("bin").resolve("java");
        }

        /** The feature version. */
        int jdk() throws IOException {
            return Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION=")).findFirst()
                .map(line -> Runtime.Version.parse(line.replaceAll(".*\"(.*)\"", "$1")).feature()).orElseThrow();
        }

        String fileName(String what) throws IOException {
            return server.name() + "-" + jdk() + "-" + setup.name().toLowerCase(java.util.Locale.ROOT) + "." + what;
        }
    }

    private Discovery run(Case each) throws Exception {
        double[] cpu = new double[STARTS];
        for (int i = 1; i < STARTS; i++) {
            try (RunningServer server = start(each)) {
                cpu[i] = server.startCpuSeconds();
            }
        }
        Row row;
        Discovery discovery = null;
        RunningServer server = start(each);
        try (server) {
            cpu[0] = server.startCpuSeconds();
            Arrays.sort(cpu);
            row = measured(each, server, cpu[STARTS / 2]);
            if (each.setup == Setup.GUARDED || each.setup == Setup.DISCOVERED) {
                discovery = Discovery.of(server, new Load(server.client()), each.java(), agent,
                    target.resolve(each.fileName("discover")));
            }
        }
        server.saidByAgent().forEach(System.out::println);
        results.add(row);
        if (discovery != null) {
            System.out.println("  discover then advises " + discovery.patterns());
        }
        return discovery;
    }

    private RunningServer start(Case each) throws Exception {
        Path directory = target.resolve("work");
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.copy(database, directory.resolve("shop.db"));
        if (!each.settings.isEmpty()) {
            Files.writeString(directory.resolve("agent.properties"), each.settings);
        }
        List<String> options = each.setup == Setup.BARE ? List.of() : List.of("-javaagent:" + agent);
        return RunningServer.start(each.java(), options, servers.resolve(each.server.name()).resolve(each.server.jar()),
            directory, target.resolve(each.fileName("log")));
    }

    private static Row measured(Case each, RunningServer server, double startCpu) throws Exception {
        Load load = new Load(server.client());
        // Both kinds: while reports run without the agent, hardly an order gets through, and none is compiled.
        load.everything(server, WARM_UP_SECONDS);
        load.orders(server, WARM_UP_SECONDS);
        double cpu = -server.cpuSeconds();
        Load.Outcome alone = load.orders(server, ALONE_SECONDS);
        cpu += server.cpuSeconds();
        Load.Outcome busy = load.everything(server, BUSY_SECONDS);
        double[] figures = new double[Column.values().length];
        figures[Column.START_CPU.ordinal()] = startCpu;
        figures[Column.START_RSS.ordinal()] = server.startMegabytes();
        figures[Column.ORDERS_ALONE.ordinal()] = alone.orders() / alone.seconds();
        figures[Column.ORDER_CPU.ordinal()] = cpu * 1e6 / alone.orders();
        figures[Column.HEALTH_P50.ordinal()] = busy.healthMillis(0.5);
        figures[Column.HEALTH_P99.ordinal()] = busy.healthMillis(0.99);
        figures[Column.HEALTH_MAX.ordinal()] = busy.healthMillis(1);
        figures[Column.REPORTS.ordinal()] = busy.reports() / busy.seconds();
        figures[Column.ORDERS.ordinal()] = busy.orders() / busy.seconds();
        figures[Column.FAILED.ordinal()] = load.failures();
        figures[Column.RSS.ordinal()] = server.megabytes();
        figures[Column.SAID.ordinal()] = server.saidByAgent().size();
        figures[Column.OTHERS.ordinal()] = busy.othersCpu();
        return new Row(each.server.title(), each.jdk(), each.setup, Arrays.stream(figures).boxed().toList());
    }
}
