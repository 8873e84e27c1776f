package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tpool.it.Jdk.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An application whose blocking calls starve a bystander without the agent, and do not disturb it with the agent. The limit is the
 * bystander's worst gap on an idle scheduler plus 50 ms, on the machine as busy as it is: the gap before the load, or that of a platform
 * thread under the load if it is longer. Even so a busy machine may spoil a run, and the best of three counts.
 */
final class Starvation {
    private static final double STARVED_MILLIS = 1_000;
    private static final double DISTURBED_MILLIS = 50;
    private static final int RUNS = 3;

    private final String application;
    private final String[] arguments;
    private UnaryOperator<Jvm> prepare = UnaryOperator.identity();
    private String natives;
    private String outermost;

    private Starvation(String application, String... arguments) {
        this.application = application;
        this.arguments = arguments;
    }

    static Starvation of(String application, String... arguments) {
        return new Starvation(application, arguments);
    }

    /** What to add to each JVM. */
    Starvation with(UnaryOperator<Jvm> preparation) {
        prepare = preparation;
        return this;
    }

    /** What is listed where a thread can move while it holds monitors. */
    Starvation natives(String patterns) {
        natives = patterns;
        return this;
    }

    /** What is listed where it cannot. */
    Starvation outermost(String patterns) {
        outermost = patterns;
        return this;
    }

    /** What is listed everywhere. */
    Starvation listed(String patterns) {
        return natives(patterns).outermost(patterns);
    }

    void isCuredBy(Setting setting) {
        Run without = best("not starved without the agent", run -> gap(run) >= STARVED_MILLIS, () -> Jvm.of(setting));
        String listed = setting.jdk().movesWithMonitors() ? natives : outermost;
        Run with = best("disturbed with the agent", run -> gap(run) <= DISTURBED_MILLIS, () -> Jvm.of(setting).agent("methods = " + listed));
        assertEquals(answers(without), answers(with), with::toString);
    }

    private Run best(String problem, Predicate<Run> good, Supplier<Jvm> jvm) {
        List<String> gaps = new ArrayList<>();
        while (true) {
            Run run = prepare.apply(jvm.get()).run(application, arguments).clean();
            if (good.test(run)) {
                return run;
            }
            gaps.add((long) gap(run) + " ms");
            if (gaps.size() == RUNS) {
                throw new AssertionError(problem + ": gaps over idle " + gaps + ", the last: " + run);
            }
        }
    }

    private static double gap(Run run) {
        return run.number("gapMillis") - Math.max(run.number("idleMillis"), run.number("machineMillis"));
    }

    private static Map<String, String> answers(Run run) {
        Map<String, String> answers = run.results();
        answers.keySet().removeIf(key -> key.endsWith("Millis"));
        return answers;
    }
}
