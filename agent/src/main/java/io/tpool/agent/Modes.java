package io.tpool.agent;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.offload.SelfTest;
import java.util.function.Function;

/** The mode in force for a pattern: the configured one, unless this JDK does not let virtual threads move. */
final class Modes implements Function<ListedPattern, Mode> {
    private boolean told;

    @Override
    public Mode apply(ListedPattern listed) {
        if (!listed.mode().movesThread()) {
            return listed.mode();
        }
        String problem = SelfTest.problem();
        if (problem == null) {
            return listed.mode();
        }
        tell(problem);
        return Mode.HANDOFF;
    }

    private synchronized void tell(String problem) {
        if (!told) {
            told = true;
            Log.warn("mode tpool does not work on this JDK, handoff is used instead: " + problem);
        }
    }
}
