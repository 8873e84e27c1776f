// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The findings for people: a table, and the lines for {@code agent.properties}. */
final class TextReport {

    private static final int MOST_ROWS = 25;
    private static final int MOST_OUTAGES = 5;

    private final Findings findings;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Findings findings) {
        this.findings = findings;
    }

    /** Returns the table and the lines. */
    static String of(Findings findings) {
        TextReport report = new TextReport(findings);
        report.summary();
        report.table();
        report.outages();
        report.out.append('\n').append(lines(findings));
        return report.out.toString();
    }

    /**
     * Returns the lines for {@code agent.properties}, each with its evidence above; a comment only if there is nothing
     * to list.
     */
    static String lines(Findings findings) {
        Map<String, List<Finding>> lines = findings.lines();
        if (lines.isEmpty()) {
            return "# Nothing to list.\n";
        }
        StringBuilder text = new StringBuilder("# For agent.properties\n");
        List<String> patterns = new ArrayList<>();
        lines.forEach((line, rows) -> {
            text.append("# ").append(line).append(": ").append(evidence(findings, rows)).append('\n');
            patterns.add(line);
        });
        return text.append("methods = \\\n    ").append(String.join(", \\\n    ", patterns)).append('\n').toString();
    }

    private static String evidence(Findings findings, List<Finding> rows) {
        long captured = 0;
        long longest = 0;
        int threads = 0;
        List<String> captors = new ArrayList<>();
        for (Finding row : rows) {
            captured += row.captured();
            longest = Math.max(longest, row.longest());
            threads = Math.max(threads, row.threads());
            if (!captors.contains(row.captor.id()) && !row.captor.equals(row.listed)) {
                captors.add(row.captor.id());
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(Format.duration(captured)).append(" captured (").append(Format.share(findings.share(captured)))
            .append(" of carrier time), longest ").append(Format.duration(longest)).append(", ")
            .append(Format.threads(threads));
        if (!captors.isEmpty()) {
            text.append("; in ").append(String.join(", ", captors.subList(0, Math.min(3, captors.size()))));
            text.append(captors.size() > 3 ? " and " + (captors.size() - 3) + " more" : "");
        }
        List<String> callers = rows.get(0).callers(2);
        if (!callers.isEmpty()) {
            text.append("; called by ").append(String.join(", ", callers));
        }
        Reason reason = rows.get(0).reason();
        return reason == Reason.ITSELF ? text.toString() : text.append("; ").append(reason.text()).toString();
    }

    private void summary() {
        line(findings.jvm() + ", " + Format.carriers(findings.carriers()) + ", " + Format.duration(findings.elapsed())
            + " seen, "
            + String.format(Locale.ROOT, "%,d", findings.counts().virtualSamples()) + " samples of virtual threads");
        if (findings.assumed() != null) {
            line("The recording does not say all; assumed: " + findings.assumed() + '.');
        }
        if (!findings.complete()) {
            line("The recording is cut off or damaged: this is what could be read of it.");
        }
        if (findings.counts().virtualSamples() == 0) {
            line("No virtual thread was seen on a carrier."
                + (findings.looked() ? "" : " One that is parked or blocked in the JVM is in no sample:"
                + " discover PID looks at the carriers as well."));
        }
        if (findings.counts().truncated() * 20 > findings.counts().virtualSamples()) {
            line("Of " + String.format(Locale.ROOT, "%,d", findings.counts().truncated())
                + " stacks the outer end is cut off: what is advised for" + " them is the outermost method seen.");
        }
        if (findings.mostCarriers() > findings.carriers()) {
            line("Carriers were lent, by the JDK or the guard: up to " + findings.mostCarriers()
                + " were there at once.");
        }
        line("Captured: " + Format.duration(findings.captured()) + ", "
            + Format.share(findings.share(findings.captured())) + " of carrier time");
        if (findings.moved() > 0) {
            line("On pool threads already: " + Format.duration(findings.moved()));
        }
    }

    private void table() {
        if (findings.rows().isEmpty()) {
            return;
        }
        line("");
        line(String.format("%12s %8s %10s %9s  %-11s%s", "CAPTURED", "SHARE", "LONGEST", "THREADS", "HOW", "METHOD"));
        for (Finding row : findings.rows().subList(0, Math.min(MOST_ROWS, findings.rows().size()))) {
            line(String.format(Locale.ROOT, "%12s %8s %10s %,9d  %-11s%s", Format.duration(row.captured()),
                Format.share(findings.share(row.captured())),
                Format.duration(row.longest()), row.threads(), row.kind.word(), row.captor.id()));
            if (!row.callers(1).isEmpty()) {
                detail("called by " + String.join(", ", row.callers(3)));
            }
            detail(row.reason().advice(row.line()));
        }
        if (findings.rows().size() > MOST_ROWS) {
            line("and " + (findings.rows().size() - MOST_ROWS) + " more; --json has them all");
        }
    }

    private void outages() {
        line("");
        if (findings.guarded()) {
            line("All carriers captured while virtual threads waited, those that the guard has lent as well: "
                + (findings.starved() == 0
                ? "not seen" : Format.duration(findings.starved()) + " in all, measured by the guard"));
            return;
        }
        if (findings.starved() == 0) {
            line("All carriers captured at once: not seen");
            return;
        }
        line("All carriers captured at once: " + Format.duration(findings.starved())
            + " in all, as far as samples tell");
        for (CarrierTime.Outage outage
            : findings.outages().subList(0, Math.min(MOST_OUTAGES, findings.outages().size()))) {
            List<String> culprits = outage.culprits().stream().limit(3).map(row -> row.captor.id()).toList();
            line(String.format("%12s from %s by %s", Format.duration(outage.length()), Format.time(outage.start),
                String.join(", ", culprits)));
        }
    }

    private void detail(String text) {
        line(" ".repeat(56) + text);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
