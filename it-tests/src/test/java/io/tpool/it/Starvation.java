package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.it.Jdk.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An application whose blocking calls starve a bystander without the agent, and do not disturb it with the agent. The limit is the
 * bystander's worst gap before the load plus 50 ms. A busy machine may break it once, so the best of three runs counts.
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
        Run without = prepare.apply(Jvm.of(setting)).run(application, arguments).clean();
        assertTrue(gap(without) >= STARVED_MILLIS, () -> "not starved without the agent: " + without);
        List<Run> disturbed = new ArrayList<>();
        do {
            Run with = prepare.apply(Jvm.of(setting)).agent("methods = " + (setting.jdk().movesWithMonitors() ? natives : outermost))
                .run(application, arguments).clean();
            assertEquals(answers(without), answers(with), with::toString);
            if (gap(with) <= DISTURBED_MILLIS) {
                return;
            }
            disturbed.add(with);
        } while (disturbed.size() < RUNS);
        throw new AssertionError("gaps over idle of " + disturbed.stream().map(run -> (long) gap(run) + " ms").toList() + ", the last: "
            + disturbed.getLast());
    }

    private static double gap(Run run) {
        return run.number("gapMillis") - run.number("idleMillis");
    }

    private static Map<String, String> answers(Run run) {
        Map<String, String> answers = run.results();
        answers.keySet().removeIf(key -> key.endsWith("Millis"));
        return answers;
    }
}
