// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.message.Log;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.offload.SelfTest;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The mode in force for a pattern: the configured one, unless this JDK does not let virtual threads move. Then mode
 * {@code auto} leaves calls where they are, and mode {@code tpool} hands them off.
 */
final class EffectiveMode implements Function<ListedPattern, Mode> {
    private final Set<Mode> told = EnumSet.noneOf(Mode.class);
    private final Runnable afterTrial;
    /** A second call does no harm, so a plain field will do. */
    private boolean tried;

    /** @param afterTrial called when the first virtual thread of this JVM may have been made here, for a trial */
    EffectiveMode(Runnable afterTrial) {
        this.afterTrial = afterTrial;
    }

    @Override
    public Mode apply(ListedPattern listed) {
        Mode mode = listed.mode();
        String problem = mode.movesThread() ? SelfTest.problem() : null;
        if (mode.movesThread() && !tried) {
            tried = true;
            afterTrial.run();
        }
        if (problem == null) {
            return mode;
        }
        tell(mode, problem);
        return mode == Mode.AUTO ? Mode.AUTO : Mode.HANDOFF;
    }

    private synchronized void tell(Mode mode, String problem) {
        if (told.add(mode)) {
            Log.warn(mode == Mode.AUTO
                    ? "virtual threads cannot be moved on this JDK: listed calls of mode auto stay on their carriers, "
                            + "and mode=handoff hands"
                            + " them off: " + problem
                    : "mode tpool does not work on this JDK, handoff is used instead: " + problem);
        }
    }
}
