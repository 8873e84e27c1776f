// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code stats}: one look at guard, pools and methods. */
final class Stats extends ObserverCommand {
    private static final String JSON = "--json";
    /** As the README says: what moving a call costs where the pool is idle. */
    private static final long MOVE_MICROS = 5;
    private static final long ENOUGH_CALLS = 100;
    private static final int MOST_SHORT = 5;

    private final RowSelection selection;
    private final AnsiStyle paint;
    private final int columns;

    Stats() {
        this(null, null, 0);
    }

    /** For one look. */
    Stats(RowSelection selection, AnsiStyle paint, int columns) {
        this.selection = selection;
        this.paint = paint;
        this.columns = columns;
    }

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public String arguments() {
        return "PID [--json] " + RowSelection.ARGUMENTS;
    }

    @Override
    public String summary() {
        return "shows guard, pools and methods of a JVM";
    }

    @Override
    public String help() {
        return """
            Shows what the agent in the JVM with that process id has done so far, what hurts most first.
            Works on a JVM that was started without any management option.

            captured    carriers whose virtual thread blocks or computes and does not unmount
            lent        further carriers that the scheduler has for them
            starved     times that all carriers were captured while other virtual threads waited
            advice      what to list, so that its calls leave their carriers at once
            offloaded   calls that ran on a pool thread
            mode        auto moves: calls move to a pool thread; auto stays: calls are too short for that and stay, see WHY
            in place    calls that ran on their carrier, in mode auto because they are short, else because the pool was saturated
            pinned      calls that could not leave their carrier
            failed      calls that ended with an exception
            wait        how long offloaded calls waited for a pool thread: half of them, and 99 in 100, no longer
            run         how long they ran: half of them, 99 in 100, and the longest
            Percentiles are within 3.2 % of the exact value.

            --json        one JSON object with all methods; durations in the unit of their name
            """ + RowSelection.HELP + """

            On a terminal that is too narrow the columns that matter least are left out.

            """ + EXIT_STATUS;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> rest = new ArrayList<>(arguments);
        boolean json = rest.remove(JSON);
        RowSelection selection = RowSelection.of(rest);
        if (selection == null || rest.size() != 1) {
            return usage("expected " + arguments(), err);
        }
        return look(rest.get(0), out, err, beans -> {
            Snapshot snapshot = beans.read();
            if (json) {
                out.println(Json.lines(snapshot.json()));
            } else {
                new Stats(selection, AnsiStyle.of(out), Terminal.columns(out)).lines(snapshot).forEach(out::println);
            }
        });
    }

    List<String> lines(Snapshot all) {
        Snapshot snapshot = selection.of(all);
        List<String> lines = new ArrayList<>();
        lines.add(title(snapshot));
        if (!snapshot.summary().isEmpty()) {
            lines.add(snapshot.summary().substring(snapshot.summary().indexOf(": ") + 2));
        }
        lines.add("");
        if (snapshot.guard() != null) {
            add(Columns.GUARD, List.of(snapshot.guard()), lines);
            lines.add("");
        }
        if (!snapshot.captures().isEmpty()) {
            add(Columns.CAPTURES, snapshot.captures(), lines);
            lines.add("");
        }
        add(Columns.POOLS, snapshot.pools(), lines);
        lines.add("");
        if (snapshot.methods().isEmpty()) {
            lines.add(all.methods().isEmpty()
                ? "No method is woven: none of the listed classes has been loaded, or none is listed."
                : "No call of a woven method by a virtual thread has ended or runs.");
        } else {
            add(Columns.METHODS, selection.first(snapshot.methods().stream().sorted(Snapshot.BY_PAIN).toList()), lines);
        }
        String leftOut = selection.leftOut(snapshot);
        if (leftOut != null) {
            lines.add(paint.faint(leftOut));
        }
        lines.addAll(shorterThanAMove(snapshot));
        return lines;
    }

    private String title(Snapshot snapshot) {
        return "tpool " + snapshot.version() + " in " + snapshot.pid() + ": "
            + (snapshot.enabled() ? paint.good("offloading")
            : paint.bad("switched off (Enabled is false), every call passes straight through"));
    }

    private void add(List<Column> table, List<Row> rows, List<String> lines) {
        lines.addAll(Columns.table(table, rows, paint, columns));
    }

    /**
     * Listed methods that cost more when their calls move than when they do not, unless mode auto has found that out by
     * itself.
     */
    private List<String> shorterThanAMove(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        List<Row> shorter = snapshot.methods().stream().filter(row -> row.text("decision").isEmpty()
            && row.number("offloaded") >= ENOUGH_CALLS && row.number("runP50Micros") < MOVE_MICROS)
            .sorted(Snapshot.BY_PAIN).toList();
        for (Row row : shorter.subList(0, Math.min(MOST_SHORT, shorter.size()))) {
            lines.add(row.text("method") + ": half of its calls are shorter than a move ("
                + NumberFormat.duration(MOVE_MICROS, paint.unicode())
                + "); mode=auto lets them stay, or take it off the list");
        }
        if (shorter.size() > MOST_SHORT) {
            lines.add("and " + (shorter.size() - MOST_SHORT) + " more methods with calls that are shorter than a move");
        }
        return lines;
    }
}
