package io.tpool.agent;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.observe.Observation;
import io.tpool.agent.pattern.ListedPattern;
import java.util.concurrent.TimeUnit;

/** What is to be done some time after the application has begun, by the agent's own thread, and at its end. */
final class Duties {
    /** By now an application has loaded most of its classes. */
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Time for the other methods of a class to be woven. */
    private static final long SUSPECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Configuration configuration;
    private final Observation observation;
    private Weaving weaving;
    private volatile boolean reported = true;

    Duties(Configuration configuration, Observation observation) {
        this.configuration = configuration;
        this.observation = observation;
    }

    /** Something is listed. */
    void of(Weaving now) {
        weaving = now;
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
     * @param nanos since the application began
     * @return nanoseconds until it is to be called again; {@link Long#MAX_VALUE} if nothing is left to do
     */
    long due(long nanos) {
        if (nanos >= REPORT_NANOS && !reported) {
            weaving.weaver().weaveLoaded();
            report();
        }
        long wait = observation.due();
        if (weaving != null) {
            if (weaving.reporter().tellLateHeirs()) {
                weaving.weaver().weaveLoaded();
            }
            wait = Math.min(wait, weaving.reporter().warnOfSuspects(SUSPECT_NANOS));
        }
        return reported ? wait : Math.min(wait, Math.max(REPORT_NANOS - nanos, 1));
    }

    /** Says what has not been said yet, before the JVM ends. */
    void atExit() {
        weaving.weaver().outcomes();   // asks the JVM which woven classes it has accepted
        weaving.reporter().warnOfSuspects(0);
        report();
    }

    /**
     * Patterns that have matched nothing by now. A class may yet be loaded, or not be needed this time, and then nothing is wrong: that
     * is told where it was asked for. A class that is there without such a method, or that is nowhere to be found, is a mistake.
     */
    private void report() {
        if (!isFirst()) {
            return;
        }
        for (ListedPattern listed : configuration.patterns().listed()) {
            String problem = listed.report().problem();
            if (problem == null || weaving.reporter().hasWarnedOf(listed)) {
                continue;
            }
            String line = listed.source() + ": '" + listed + "': " + problem;
            if (listed.report().hasSeenItsType() || isNowhere(listed.pattern().type().internalName())) {
                Log.warn(line);
            } else {
                Log.info(line);
            }
        }
    }

    private synchronized boolean isFirst() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    private static boolean isNowhere(String type) {
        return type != null && !ClassPathSearch.finds(type);
    }
}
