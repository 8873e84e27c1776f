// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.config.DurationText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code top}: guard, pools and methods, live. */
final class Top extends ObserverCommand {
    private static final String INTERVAL = "--interval";
    private static final String DEFAULT_INTERVAL = "1s";
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = TimeUnit.HOURS.toMillis(1);
    /** Where there is no screen, nothing limits a line. */
    private static final int WIDE = 160;

    @Override
    public String name() {
        return "top";
    }

    @Override
    public String arguments() {
        return "PID [--interval 1s] " + RowSelection.ARGUMENTS;
    }

    @Override
    public String summary() {
        return "the same, live";
    }

    @Override
    public String help() {
        return """
            Shows guard, pools and methods of the JVM with that process id, live, what hurts most first: methods
            that capture carriers, pools in which calls wait, methods whose calls kept a carrier just now, then those
            that keep most pool threads busy. q leaves.

            CARRIERS    carriers that the method held, on average since the last look
            BUSY        pool threads that carry a call, of the pool's size
            CALLS/s     calls since the last look
            STUCK       calls that kept their carrier: in place, because the pool was saturated, or pinned
            the rest as in stats, since the start or the last reset

            --interval    time between two looks: 500ms, 2s, 1m
            """ + RowSelection.HELP + """

            Where standard output is no terminal one look after the other is written, until the reader or the JVM ends.
            NO_COLOR switches colours off.

            """ + EXIT_STATUS;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> rest = new ArrayList<>(arguments);
        String interval = option(rest);
        RowSelection selection = RowSelection.of(rest);
        if (rest.size() != 1 || interval == null || selection == null) {
            return usage("expected " + arguments(), err);
        }
        long millis = millis(interval);
        if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
            return usage("--interval '" + interval + "' is not a time from 100ms to 60m", err);
        }
        return look(rest.get(0), out, err, beans -> watch(beans, millis, interval, selection, out));
    }

    /** Takes the option out; null if its value is missing. */
    private static String option(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith(INTERVAL + "=")) {
                return arguments.remove(i).substring(INTERVAL.length() + 1);
            }
            if (arguments.get(i).equals(INTERVAL)) {
                arguments.remove(i);
                return i < arguments.size() ? arguments.remove(i) : null;
            }
        }
        return DEFAULT_INTERVAL;
    }

    /** Below zero if this is no duration; a number alone means seconds. */
    static long millis(String text) {
        boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9');
        return Math.floorDiv(DurationText.nanos(number ? text + "s" : text), 1_000_000L);
    }

    private static void watch(AgentClient beans, long millis, String interval, RowSelection selection,
        PrintStream out) throws IOException {
        AnsiStyle paint = AnsiStyle.of(out);
        try (Terminal terminal = Terminal.open(out)) {
            if (terminal == null) {
                write(beans, millis, paint, selection, out);
            } else {
                show(beans, millis, paint, selection, terminal, "every " + interval + ", q leaves");
            }
        }
    }

    private static void show(AgentClient beans, long millis, AnsiStyle paint, RowSelection selection,
        Terminal terminal, String hint)
            throws IOException {
        History history = new History();
        long next = System.nanoTime();
        for (int key = Terminal.NONE; key != 'q' && key != 'Q' && key != Terminal.END;) {
            if (System.nanoTime() - next >= 0) {
                history.add(selection.of(beans.read()));
                next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            }
            Terminal.Size size = terminal.size();
            terminal.show(new Screen(paint, size.columns(), size.rows(), selection).lines(history, hint));
            key = terminal.key(Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime())));
        }
    }

    private static void write(AgentClient beans, long millis, AnsiStyle paint, RowSelection selection,
        PrintStream out) throws IOException {
        History history = new History();
        while (!out.checkError()) {
            history.add(selection.of(beans.read()));
            new Screen(paint, WIDE, Integer.MAX_VALUE, selection).lines(history, "")
                .forEach(line -> out.println(line.stripTrailing()));
            out.println();
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
    }
}
