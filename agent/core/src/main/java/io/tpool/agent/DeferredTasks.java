// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.observe.Observation;
import java.util.concurrent.TimeUnit;

/** What is to be done some time after the application has begun, and at its end, by the agent's own thread. */
final class DeferredTasks {
    /** By now an application has loaded most of its classes. */
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Time for the other methods of a class to be woven. */
    private static final long SUSPECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Observation observation;
    private final UnmatchedPatterns unmatched = new UnmatchedPatterns();
    /** Null while nothing is listed. */
    private volatile Weaving weaving;
    /** When what is listed was listed, {@link System#nanoTime}. */
    private volatile long listedAt;
    private volatile boolean reported = true;

    DeferredTasks(Observation observation) {
        this.observation = observation;
    }

    /** Something is listed, or something else than before. */
    void of(Weaving now) {
        weaving = now;
        listedAt = System.nanoTime();
        reported = false;
    }

    /** Names the thread that does what is due, and is unparked for it. */
    void of(Thread thread) {
        observation.wakes(thread);
    }

    /** As {@link #due}, while other agents or the JVM itself prepare the application. */
    long dueBeforeMain() {
        return observation.dueBeforeMain();
    }

    /**
     * Does what is due.
     *
     * @param began when the application began, {@link System#nanoTime}
     * @return nanoseconds until it is to be called again; {@link Long#MAX_VALUE} if nothing is left to do
     */
    long due(long began) {
        long wait = observation.due();
        Weaving now = weaving;
        if (now == null) {
            return wait;
        }
        if (now.log().tellLateSubclasses()) {
            now.weaver().weaveLoaded();
        }
        wait = Math.min(wait, now.log().warnOfSuspects(SUSPECT_NANOS));
        return Math.min(wait, report(now, began));
    }

    /** @return nanoseconds until it is time; {@link Long#MAX_VALUE} if it is done */
    private long report(Weaving now, long began) {
        if (reported) {
            return Long.MAX_VALUE;
        }
        long since = listedAt - began > 0 ? listedAt : began;
        long left = since + REPORT_NANOS - System.nanoTime();
        if (left > 0) {
            return left;
        }
        reported = true;   // first: what is listed from now on has its own time
        now.weaver().weaveLoaded();
        unmatched.tell(now, false);
        return Long.MAX_VALUE;
    }

    /** Says what has not been said yet, before the JVM ends. */
    void atExit() {
        observation.atExit();
        Weaving now = weaving;
        if (now != null) {
            now.log().warnOfSuspects(0);
            unmatched.tell(now, true);
        }
    }
}
