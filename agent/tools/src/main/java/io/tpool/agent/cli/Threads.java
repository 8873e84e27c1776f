// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.management.CapturedThreadRow;
import io.tpool.management.PoolThreadRow;
import java.io.PrintStream;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code threads}: every pool thread and what it carries. */
final class Threads extends ObserverCommand {
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
            Then the carriers that are captured at this moment: by which virtual thread, in which method, since when.

            """ + EXIT_STATUS;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1) {
            return usage("expected PID", err);
        }
        return look(arguments.get(0), out, err,
            beans -> {
                Clock clock = Clock.systemDefaultZone();
                lines(beans.threads(), clock, AnsiStyle.of(out)).forEach(out::println);
                captured(beans.captured(), clock, AnsiStyle.of(out)).forEach(out::println);
            });
    }

    /** The guard's section; nothing where no carrier is captured. */
    static List<String> captured(List<CapturedThreadRow> captured, Clock clock, AnsiStyle paint) {
        if (captured.isEmpty()) {
            return List.of();
        }
        Table table = new Table(paint, "CAPTURED CARRIER", "SINCE", ">FOR", "BY", "METHOD", "HOW");
        for (CapturedThreadRow row : captured) {
            table.add(row.carrier(), since(clock, row.heldMicros()),
                NumberFormat.duration(row.heldMicros(), paint.unicode()),
                thread(true, row.threadId(), row.threadName()), row.method(), row.how());
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    private static String since(Clock clock, long micros) {
        return CLOCK.format(clock.instant().minus(micros, ChronoUnit.MICROS).atZone(clock.getZone()));
    }

    static List<String> lines(List<PoolThreadRow> threads, Clock clock, AnsiStyle paint) {
        if (threads.isEmpty()) {
            return List.of("No pool has a thread: nothing is being offloaded, and nothing was lately.");
        }
        Table table = new Table(paint, ">OS THREAD", "POOL THREAD", "SINCE", ">FOR", "CALLER", "METHOD");
        for (PoolThreadRow row : threads) {
            String id = row.osThreadId() < 0 ? "?" : Long.toString(row.osThreadId());
            if (row.method().isEmpty()) {
                table.add(id, row.name(), "", "", "", new Table.Cell("idle", paint::faint));
            } else {
                table.add(id, row.name(), since(clock, row.runningMicros()),
                    NumberFormat.duration(row.runningMicros(), paint.unicode()), caller(row), row.method());
            }
        }
        return table.lines();
    }

    private static String caller(PoolThreadRow row) {
        if (row.threadId() == 0) {
            return "";
        }
        return thread(row.virtual(), row.threadId(), row.threadName());
    }

    private static String thread(boolean virtual, long id, String name) {
        return (virtual ? "virtual #" : "platform #") + id + (name.isEmpty() ? "" : " \"" + name + "\"");
    }
}
