// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each sample test again and again, in several JVMs at the same time, and counts the verdicts. Tests run one after
 * the other in every second JVM, in parallel in the others. Holds for JDK 21 and later.
 */
@Tag("stress")
class VerdictsIT {
    private static final int JVMS = 4;
    private static final int RUNS = Integer.getInteger("tpool.verdicts.runs", 100);
    private static final int CLEAN_RUNS = Integer.getInteger("tpool.verdicts.clean", 1_000);
    private static final int MINUTES = 60;

    static List<Path> jdks() {
        return Forked.jdks();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void each_verdict_is_right_in_each_run(Path jdk) throws Exception {
        count("verdicts", jdk, (RUNS + JVMS - 1) / JVMS, Verdicts.oneAfterTheOther(jdk), Verdicts.inParallel(jdk),
            Verdicts.ALL);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_busy_machine_raises_no_alarm(Path jdk) throws Exception {
        BusyMachine busy = new BusyMachine();
        try {
            count("verdicts-busy", jdk, (CLEAN_RUNS + JVMS - 1) / JVMS, Verdicts.polite(), Verdicts.polite(),
                Verdicts.POLITE);
        } finally {
            busy.end();
        }
    }

    private static void count(String name, Path jdk, int runs, Map<String, String> oneAfterTheOther,
            Map<String, String> inParallel, String[] tests) throws Exception {
        Map<String, Count> counts = new TreeMap<>();
        StringBuilder wrong = new StringBuilder();
        try (ExecutorService starters = Executors.newCachedThreadPool()) {
            List<Future<Forked.Result>> results = new ArrayList<>();
            for (int i = 0; i < JVMS; i++) {
                Forked jvm = new Forked(jdk).times(runs).minutes(MINUTES);
                Forked suite = i % 2 == 0 ? jvm : jvm.parallel();
                results.add(starters.submit(() -> suite.run(tests)));
            }
            for (int i = 0; i < JVMS; i++) {
                Map<String, String> expected = i % 2 == 0 ? oneAfterTheOther : inParallel;
                expected.keySet().forEach(test -> counts.computeIfAbsent(test, Count::new).expected += runs);
                results.get(i).get().text().lines().filter(line -> line.startsWith("RESULT ")).forEach(line -> {
                    String[] words = line.split(" ", 4);
                    boolean right = words[2].equals(expected.get(words[1]));
                    counts.computeIfAbsent(words[1], Count::new).add(right);
                    wrong.append(right ? "" : line + "\n");
                });
            }
        }
        StringBuilder table = new StringBuilder(String.format("%-36s %6s %6s%n", jdk.getFileName(), "right", "wrong"));
        counts.values().forEach(table::append);
        System.out.println(table);
        Path folder = Files.createDirectories(Path.of(System.getProperty("basedir"), "target", "verdicts"));
        Files.writeString(folder.resolve(name + "-" + jdk.getFileName() + ".txt"), table.toString() + wrong);
        assertEquals(List.of(), counts.values().stream().filter(count -> !count.isRight()).toList(), wrong::toString);
    }

    /** Of one test. */
    private static final class Count {
        private final String test;
        private int expected;
        private int right;
        private int wrong;

        Count(String test) {
            this.test = test;
        }

        void add(boolean isRight) {
            right += isRight ? 1 : 0;
            wrong += isRight ? 0 : 1;
        }

        boolean isRight() {
            return right == expected && wrong == 0;
        }

        @Override
        public String toString() {
            return String.format("%-36s %6d %6d%n", test, right, wrong + Math.max(0, expected - right - wrong));
        }
    }
}
