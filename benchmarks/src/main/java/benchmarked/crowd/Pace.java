// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A break after each call of each caller. The breaks are not part of what is taken down of the calls.
 *
 * @since 1.0
 */
public final class Pace {
    private final int millis;
    private final Durations durations;

    /**
     * Makes one for all callers.
     *
     * @param millis length of the break
     * @param durations told how long each call takes
     */
    public Pace(int millis, Durations durations) {
        this.millis = millis;
        this.durations = durations;
    }

    /** Length of a break. */
    int millis() {
        return millis;
    }

    /** Length of the break before a caller's first call: different for each, so that they do not call all at once. */
    int firstMillis() {
        return ThreadLocalRandom.current().nextInt(millis + 1);
    }

    /** Takes a call down. */
    void took(long nanos) {
        durations.add(nanos);
    }

    /** Makes a call, and the break after it. */
    void call(Step step, Work work) throws Exception {
        long begin = System.nanoTime();
        step.call(work);
        took(System.nanoTime() - begin);
        Thread.sleep(millis);
    }
}
