// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.it.Jdk.Setting;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An application whose blocking calls starve a bystander without the agent, and with the agent neither keep a carrier
 * nor starve it: not one call of a listed method stays on its carrier, and the bystander goes on.
 *
 * <p>The bystander's worst gap counts over what it is without the load, on the machine as busy as it is: the gap before
 * the load, or that of a platform thread under the load if it is longer. The calls block for two seconds, so there is
 * much room between a starved bystander and one that a busy machine keeps waiting. By how few milliseconds the agent
 * disturbs it is what {@code benchmarks} measures.
 */
final class Starvation {
    private static final double STARVED_MILLIS = 750;
    static final double UNDISTURBED_MILLIS = 500;

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
        String listed = setting.jdk().movesWithMonitors() ? natives : outermost;
        Jvm jvm = Jvm.of(setting).agent("methods = " + listed).option("-Dfigures=true");
        Run with = prepare.apply(jvm).run(application, arguments).clean();
        assertTrue(gap(with) < UNDISTURBED_MILLIS, () -> "starved with the agent: " + with);
        assertTrue(with.number("figures.offloaded") >= setting.carriers(), () -> "calls stayed on their carrier: "
            + with);
        assertEquals(0, with.number("figures.stayed"), () -> "calls stayed on their carrier: " + with);
        assertEquals(answers(without), answers(with), with::toString);
    }

    /** By how much the bystander's worst gap is longer than without the load, in milliseconds. */
    static double gap(Run run) {
        return run.number("gapMillis") - Math.max(run.number("idleMillis"), run.number("machineMillis"));
    }

    private static Map<String, String> answers(Run run) {
        Map<String, String> answers = run.results();
        answers.keySet().removeIf(key -> key.endsWith("Millis") || key.startsWith("figures."));
        return answers;
    }
}
