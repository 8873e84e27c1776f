// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.Match;
import io.tpool.agent.pattern.MethodNames;
import io.tpool.agent.pattern.MethodShape;
import io.tpool.agent.pattern.NotWoven;
import io.tpool.agent.pattern.PatternReport;
import io.tpool.internal.offload.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What became of the listed methods, for as long as their class loaders live. A class that was looked at is a
 * {@link WovenClass}, also if nothing of it was woven.
 */
final class WeaveRegistry {
    private final ClassLoaderMap<Map<String, WovenClass>> classes = new ClassLoaderMap<>();
    private final MethodIds numbers;
    private final WeaverListener listener;

    WeaveRegistry(MethodIds numbers, WeaverListener listener) {
        this.numbers = numbers;
        this.listener = listener;
    }

    /** Whether no class has been looked at. */
    boolean isEmpty() {
        return classes.isEmpty();
    }

    /** Null if the class has not been looked at. */
    WovenClass find(ClassLoader loader, String type) {
        Map<String, WovenClass> map = classes.get(loader);
        return map == null ? null : map.get(type);
    }

    WovenClass open(ClassLoader loader, String type) {
        Map<String, WovenClass> known = classes.get(loader);
        Map<String, WovenClass> map = known != null ? known : classes.putIfAbsent(loader, new ConcurrentHashMap<>());
        WovenClass wovenClass = map.get(type);
        if (wovenClass != null) {
            return wovenClass;
        }
        WovenClass made = new WovenClass(type);
        WovenClass other = map.putIfAbsent(type, made);
        return other == null ? made : other;
    }

    List<Outcome> outcomes() {
        List<Outcome> all = new ArrayList<>();
        for (Map<String, WovenClass> map : classes.all()) {
            for (WovenClass wovenClass : map.values()) {
                for (WovenMethod entry : wovenClass.entries.values()) {
                    if (!entry.retired) {
                        all.add(entry.outcome);
                    }
                }
            }
        }
        return all;
    }

    /** The listed methods of one class in one loader. */
    final class WovenClass {
        private final String type;
        private final Map<String, WovenMethod> entries = new ConcurrentHashMap<>();
        private volatile boolean refused;

        private WovenClass(String type) {
            this.type = type;
        }

        /** Null if nothing is noted about the method. */
        WovenMethod find(MethodShape method) {
            return entries.get(ClassHeader.key(method));
        }

        /** Notes a method that was left alone, unless something is noted about it already. */
        void left(Match match, NotWoven why, String instead) {
            Outcome outcome = outcome(match, Outcome.State.LEFT, why, instead);
            if (entries.putIfAbsent(ClassHeader.key(match.method()),
                new WovenMethod(WeaveKind.LEAVE, -1, null, outcome)) == null) {
                tell(outcome);
            }
        }

        /** Notes a method about to be woven, and gives it a number, unless something is noted about it already. */
        WovenMethod weaving(Match match, Decision decision, Mode mode, ClassLoader loader, ClassHeader header) {
            String key = ClassHeader.key(match.method());
            WovenMethod before = entries.get(key);
            if (before != null) {
                return before;
            }
            Outcome outcome = outcome(match, Outcome.State.PENDING, null, decision.limit());
            int number = numbers.register(outcome.method(), match.listed().pool(), mode, loader);
            if (Jna.isMentionedBy(header)) {
                numbers.keepJnaLastError(number, loader);
            }
            WovenMethod made = new WovenMethod(decision.how(), number, mode, outcome);
            WovenMethod other = entries.putIfAbsent(key, made);
            if (other != null) {
                numbers.discard(number);
                return other;
            }
            tell(outcome);
            return made;
        }

        /**
         * Parts with methods that are not listed any more, or by another pattern than before, so that they are decided
         * anew. What was done to a method before the JVM knew its class stays in its byte code: calls of such a method
         * pass straight through while it is not listed.
         */
        @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // A ConcurrentHashMap may be changed while it is walked.
        void keep(List<Match> matches, Function<ListedPattern, Mode> modes) {
            Map<String, Match> listed = new HashMap<>();
            for (Match match : matches) {
                listed.put(ClassHeader.key(match.method()), match);
            }
            for (Map.Entry<String, WovenMethod> each : entries.entrySet()) {
                WovenMethod entry = each.getValue();
                Match match = listed.get(each.getKey());
                if (match == null ? entry.retired : !entry.retired && match.listed() == entry.outcome.listed()) {
                    continue;
                }
                retire(entry);
                if (!entry.isInMembers()) {
                    entries.remove(each.getKey(), entry);
                } else if (match != null) {
                    restore(entry, match, modes.apply(match.listed()));
                }
            }
        }

        private void retire(WovenMethod entry) {
            if (entry.number >= 0 && !entry.retired) {
                entry.retired = true;
                numbers.retire(entry.number);
                entry.outcome.listed().report().takenBack(entry.outcome.method());
            }
        }

        private void restore(WovenMethod entry, Match match, Mode wanted) {
            Mode mode = wanted.movesThread() == entry.mode.movesThread() ? wanted : entry.mode;
            Outcome outcome = outcome(match, Outcome.State.PENDING, null, entry.outcome.detail());
            numbers.restore(entry.number, outcome.method(), match.listed().pool(), mode);
            entry.outcome = outcome;
            entry.retired = false;
            tell(outcome);
        }

        /** The JVM has taken the class as it was woven. */
        void accepted() {
            for (WovenMethod entry : entries.values()) {
                Outcome was = entry.outcome;
                if (was.state() == Outcome.State.PENDING) {
                    entry.outcome = new Outcome(was.listed(), was.method(), Outcome.State.WOVEN, null, was.detail());
                    tell(entry.outcome);
                }
            }
        }

        /** The JVM has refused the class: what was pending never came to be, and is not tried again. */
        void refused(String message) {
            refused = true;
            for (Map.Entry<String, WovenMethod> each : entries.entrySet()) {
                if (each.getValue().outcome.state() == Outcome.State.PENDING) {
                    discard(each.getKey(), NotWoven.REJECTED, message);
                }
            }
        }

        /** The weaver has failed on these. */
        void failed(Iterable<String> keys, Throwable cause) {
            for (String key : keys) {
                discard(key, NotWoven.FAILED, cause.toString());
            }
        }

        /** Whether the JVM has refused it before: another agent's retransformation must not fail for it too. */
        boolean isRefused() {
            return refused;
        }

        /** A method could not be woven after all. */
        void discard(String key, NotWoven why, String message) {
            WovenMethod entry = entries.get(key);
            Outcome was = entry.outcome;
            Outcome now = new Outcome(was.listed(), was.method(), Outcome.State.LEFT, why, message);
            if (entries.replace(key, entry, new WovenMethod(WeaveKind.LEAVE, -1, null, now))) {
                numbers.discard(entry.number);
                was.listed().report().takenBack(was.method());
                tell(now);
            }
        }

        private Outcome outcome(Match match, Outcome.State state, NotWoven why, String detail) {
            String method = MethodNames.readable(type, match.method().name(), match.method().descriptor());
            return new Outcome(match.listed(), method, state, why, detail);
        }
    }

    private void tell(Outcome outcome) {
        PatternReport report = outcome.listed().report();
        if (outcome.state() == Outcome.State.PENDING) {
            report.woven(outcome.method());
        } else if (outcome.state() == Outcome.State.LEFT) {
            boolean isMessage = outcome.why() == NotWoven.REJECTED || outcome.why() == NotWoven.FAILED;
            report.notWoven(outcome.method(), outcome.why(), isMessage ? null : outcome.detail());
        }
        listener.outcome(outcome);
    }

    /** One listed method; the number is -1 where it is left alone. */
    static final class WovenMethod {
        private final WeaveKind how;
        private final int number;
        private final Mode mode;
        private volatile Outcome outcome;
        /** Not listed any more. */
        private volatile boolean retired;

        private WovenMethod(WeaveKind how, int number, Mode mode, Outcome outcome) {
            this.how = how;
            this.number = number;
            this.mode = mode;
            this.outcome = outcome;
        }

        /** Whether it was woven before the JVM knew the class, which keeps its members. */
        private boolean isInMembers() {
            return how == WeaveKind.RENAME || how == WeaveKind.BODY_BEFORE_MONITOR;
        }

        WeaveKind how() {
            return how;
        }

        int number() {
            return number;
        }

        Mode mode() {
            return mode;
        }
    }
}
