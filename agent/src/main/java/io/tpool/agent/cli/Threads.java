package io.tpool.agent.cli;

import io.tpool.management.PoolThreadRow;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** {@code threads}: every pool thread and what it carries. */
final class Threads extends Look {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    @Override
    public String name() {
        return "threads";
    }

    @Override
    public String arguments() {
        return "PID";
    }

    @Override
    public String summary() {
        return "shows which OS thread carries which call";
    }

    @Override
    public String help() {
        return """
            Shows every pool thread of the JVM with that process id: the operating system's thread id (as in top -H, perf, gdb),
            the thread whose call it carries, the method, and since when. The longest calls come first, idle threads last.

            """ + EXIT_STATUS;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1) {
            return usage("expected PID", err);
        }
        return look(arguments.get(0), out, err,
            beans -> lines(beans.threads(), Instant.now(), ZoneId.systemDefault(), Paint.of(out)).forEach(out::println));
    }

    static List<String> lines(List<PoolThreadRow> threads, Instant now, ZoneId zone, Paint paint) {
        if (threads.isEmpty()) {
            return List.of("No pool has a thread: nothing is being offloaded, and nothing was lately.");
        }
        Table table = new Table(paint, ">OS THREAD", "POOL THREAD", "SINCE", ">FOR", "CALLER", "METHOD");
        for (PoolThreadRow row : threads) {
            String id = row.osThreadId() < 0 ? "?" : Long.toString(row.osThreadId());
            if (row.method().isEmpty()) {
                table.add(id, row.name(), "", "", "", new Table.Cell("idle", paint::faint));
            } else {
                String since = CLOCK.format(now.minus(row.runningMicros(), ChronoUnit.MICROS).atZone(zone));
                table.add(id, row.name(), since, Figures.duration(row.runningMicros(), paint.unicode()), caller(row), row.method());
            }
        }
        return table.lines();
    }

    private static String caller(PoolThreadRow row) {
        if (row.threadId() == 0) {
            return "";
        }
        String name = row.threadName().isEmpty() ? "" : " \"" + row.threadName() + "\"";
        return (row.virtual() ? "virtual #" : "platform #") + row.threadId() + name;
    }
}
