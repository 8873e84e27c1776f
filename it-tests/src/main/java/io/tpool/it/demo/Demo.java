// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Runs the {@link Shop} without the agent, with its guard alone, and with a listed method, and draws what changed.
 *
 * @since 1.0
 */
public final class Demo {
    static final String METHODS = "methods = java.sql.Statement+#execute*";
    private static final String EMPTY = "empty.properties";
    private static final String FORMAT = "%-24s %-8s";
    private static final int SECONDS = 10;
    private static final int BAR_WIDTH = 50;
    private static final int THREADS_SHOWN = 3;
    /** Upper bounds of the columns in milliseconds; the last has none. */
    private static final int[] LEVELS = {10, 25, 50, 100, 250, 500, 1_000};
    private static final int DISTURBED_LEVEL = 3;

    private final Terminal terminal;
    private final int seconds;

    private Demo(Terminal terminal, int seconds) {
        this.terminal = terminal;
        this.seconds = seconds;
    }

    /**
     * Runs the demo.
     *
     * @param args the agent's jar, and for how many seconds to run each time if that is not 10
     * @throws Exception if a JVM cannot be started or the shop fails
     */
    public static void main(String[] args) throws Exception {
        new Demo(Terminal.standard(), args.length > 1 ? Integer.parseInt(args[1]) : SECONDS)
            .run(Path.of(args[0]).toAbsolutePath().normalize());
    }

    /** One way to run the shop, and what it achieved. */
    private record Column(String name, ShopRun run, boolean isBare) {
    }

    private void run(Path agent) throws IOException, InterruptedException {
        terminal.print("\n").bold("An order service on SQLite").print(", on virtual threads that share "
            + ShopRun.CARRIERS + " carriers (JDK " + Runtime.version()
            + ").\nIts health check beats every millisecond. Each column shows for how long it was silent, every "
            + Shop.SAMPLE_MILLIS + " ms:\n" + legend() + "\n\n");
        Path directory = Files.createTempDirectory("tpool-demo");
        Path properties = Files.writeString(directory.resolve("listed.properties"), METHODS + "\n");
        List<Column> columns = List.of(
            new Column("without", timeLine("without tpool ", List.of()), true),
            new Column("guard",
            timeLine("guard alone   ", List.of("-javaagent:" + agent + "=config=" + empty(directory))), false),
            new Column("listed", timeLine("listed        ", List.of("-javaagent:" + agent + "=config=" + properties)),
            false));
        Files.delete(properties);
        Files.delete(directory.resolve(EMPTY));
        Files.delete(directory);
        terminal.print("\n");
        compare("orders per second", columns, ShopRun::ordersPerSecond, run -> number(run.ordersPerSecond()));
        compare("longest silence", columns, ShopRun::worstMillis, run -> number(run.worstMillis()) + " ms");
        compare("failed: database locked", columns, ShopRun::failures, run -> number(run.failures()));
        threads(columns);
        terminal.print("\nguard alone is  ").bold("java -javaagent:" + agent.getFileName() + " ...")
            .print("  and nothing else."
            + "\nlisted is the same with  ").bold(METHODS).print("  in agent.properties.\n\n");
    }

    /** An agent.properties that happens to lie in the working directory must not change the figures. */
    private static Path empty(Path directory) throws IOException {
        return Files.writeString(directory.resolve(EMPTY), "");
    }

    private ShopRun timeLine(String name, List<String> options) throws IOException, InterruptedException {
        terminal.bold(name);
        ShopRun run = ShopRun.of(options, seconds, this::column);
        terminal.print("\n");
        return run;
    }

    private void column(double millis) {
        int level = 0;
        while (level < LEVELS.length && millis > LEVELS[level]) {
            level++;
        }
        if (level < DISTURBED_LEVEL) {
            terminal.good(terminal.column(level));
        } else {
            terminal.bad(terminal.column(level));
        }
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        for (int level = 0; level < LEVELS.length; level++) {
            legend.append(terminal.column(level)).append(" up to ").append(LEVELS[level])
                .append(level == 0 ? " ms  " : "  ");
        }
        return legend.append(terminal.column(LEVELS.length)).append(" more").toString();
    }

    private void compare(String what, List<Column> columns, ToDoubleFunction<ShopRun> value,
        Function<ShopRun, String> label) {
        double most = columns.stream().map(Column::run).mapToDouble(value).max().orElse(0);
        for (Column column : columns) {
            double share = most == 0 ? 0 : value.applyAsDouble(column.run()) / most;
            String bar = terminal.bar(share, BAR_WIDTH);
            terminal.print(FORMAT.formatted(column.isBare() ? what : "", column.name()));
            (column.isBare() ? terminal.bad(bar) : terminal.good(bar)).print(" " + label.apply(column.run()) + "\n");
        }
    }

    private void threads(List<Column> columns) {
        for (Column column : columns) {
            terminal.print(FORMAT.formatted(column.isBare() ? "SQLite ran on" : "", column.name())
                + threads(column.run()) + "\n");
        }
    }

    /** Such as {@code 2 carriers: ForkJoinPool-1-worker-1 (OS thread 4711), …}. */
    private static String threads(ShopRun run) {
        long carriers = run.threads().stream().filter(thread -> thread.startsWith("ForkJoinPool")).count();
        long others = run.threads().size() - carriers;
        String kinds = carriers == 0 ? count(others, "pool thread") : others == 0 ? count(carriers, "carrier")
            : count(others, "pool thread") + " and " + count(carriers, "carrier");
        List<String> shown =
            run.threads().stream().limit(THREADS_SHOWN)
            .map(thread -> thread.replaceFirst(" (\\d+)$", " (OS thread $1)")).toList();
        int hidden = run.threads().size() - shown.size();
        return run.threads().isEmpty() ? "no order got that far"
            : kinds + ": " + String.join(", ", shown) + (hidden > 0 ? ", and " + hidden + " more" : "");
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
    }
}
