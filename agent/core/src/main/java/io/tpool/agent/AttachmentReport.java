// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.message.Summary;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Keys;
import io.tpool.agent.config.PoolSetting;
import io.tpool.agent.config.Setting;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.weave.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an attachment did, for the terminal of whoever attached: lines that begin with {@link #FACT} or
 * {@link #PROBLEM}.
 *
 * @since 1.0
 */
public final class AttachmentReport {
    /** Begins a line that says what was done. */
    public static final char FACT = ' ';
    /** Begins a line that says what was not. */
    public static final char PROBLEM = '!';

    /** Of one pattern; more would bury the next. */
    private static final int MOST_SHOWN = 8;
    /** What only a new JVM takes up. */
    private static final Set<String> FIXED = Set.of(Keys.DISCOVER, Keys.DISCOVER_FILE);

    private final StringBuilder text = new StringBuilder();

    AttachmentReport() {
    }

    /** Says what is in force now. */
    void title(String before, Configuration now) {
        line(FACT, before + Summary.of(now));
    }

    void problem(String problem) {
        line(PROBLEM, problem);
    }

    /** Says what became of these patterns. It is a problem if there are some and none of their methods was woven. */
    void methods(List<ListedPattern> listed, List<Outcome> outcomes) {
        boolean woven = false;
        for (ListedPattern pattern : listed) {
            woven |= methods(pattern, outcomes);
        }
        if (!listed.isEmpty() && !woven) {
            problem("no listed method was woven");
        }
    }

    private boolean methods(ListedPattern pattern, List<Outcome> outcomes) {
        Set<String> woven = new HashSet<>();
        Set<String> left = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Set<String> same = outcome.state() == Outcome.State.LEFT ? left : woven;
            if (outcome.listed() == pattern && same.add(outcome.method())) {
                lines.add(line(outcome));
            }
        }
        lines.sort(null);
        int count = Math.min(lines.size(), MOST_SHOWN);
        for (String each : lines.subList(0, count)) {
            line(FACT, each);
        }
        if (count < lines.size()) {
            line(FACT, "  and " + (lines.size() - count) + " more");
        }
        line(FACT, "'" + pattern + "', pool " + pattern.pool() + ": " + (lines.isEmpty() ? pending(pattern)
            : woven.size() + " woven" + (left.isEmpty() ? "" : ", " + left.size() + " not")));
        return !woven.isEmpty();
    }

    private static String line(Outcome outcome) {
        if (outcome.state() != Outcome.State.LEFT) {
            return "  woven  " + outcome.method() + (outcome.detail() == null ? "" : "; " + outcome.detail());
        }
        return "  left   " + outcome.method() + " " + outcome.why().reason() + "; "
            + (outcome.detail() == null ? outcome.why().remedy() : "list " + outcome.detail());
    }

    private static String pending(ListedPattern pattern) {
        String problem = pattern.report().problem();
        return problem == null ? "woven before" : problem
            + (pattern.report().isSettled() ? "" : "; it is woven when it is loaded");
    }

    /** Says what a further attachment changed. */
    void changes(Configuration before, Configuration added, Configuration next) {
        List<ListedPattern> taken = new ArrayList<>(before.patterns().listed());
        taken.removeAll(next.patterns().listed());
        for (ListedPattern pattern : taken) {
            line(FACT, "'" + pattern + "' is taken back: its calls pass straight through");
        }
        for (Setting setting : added.settings()) {
            if (added.isGiven(setting.key()) && !isPatterns(setting.key()) && !setting.key().equals(Keys.CONFIG)) {
                change(setting, before.setting(setting.key()));
            }
        }
    }

    private void change(Setting setting, Setting before) {
        String key = setting.key();
        if (FIXED.contains(key)) {
            problem(key + " takes a restart of the JVM; the command discover PID takes none");
        } else if (key.equals(Keys.JMX) && setting.value().equals("false")) {
            problem("jmx=false takes a restart of the JVM: what is registered stays");
        } else if (before != null && before.isSet() && before.value().equals(setting.value())) {
            line(FACT, key + "=" + setting.value() + " as before");
        } else if (PoolSetting.isIn(key)) {
            line(FACT, key + "=" + setting.value() + " holds for pools that were not used yet");
        } else if (key.equals(Keys.MODE) || key.endsWith(".mode")) {
            line(FACT, key + "=" + setting.value() + " holds for methods that are listed from now on");
        } else if (!key.equals(Keys.STRICT)) {
            line(FACT, key + "=" + setting.value() + (before == null ? "" : ", before " + before.value()));
        }
    }

    private static boolean isPatterns(String key) {
        return key.equals(Keys.METHODS) || key.equals(Keys.EXCLUDE) || key.endsWith(".methods");
    }

    private void line(char kind, String line) {
        text.append(kind).append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
