package io.tpool.agent;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.LogLevel;
import io.tpool.agent.observe.Observation;
import io.tpool.agent.pattern.ListedPattern;
import java.util.concurrent.TimeUnit;

/** What is to be done some time after the application has begun. Called by the agent's own thread only. */
final class Duties {
    /** By now an application has loaded most of its classes. */
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Time for the other methods of a class to be woven. */
    private static final long SUSPECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Configuration configuration;
    private final Observation observation;
    private Weaving weaving;
    private boolean reported = true;

    Duties(Configuration configuration, Observation observation) {
        this.configuration = configuration;
        this.observation = observation;
    }

    /** Something is listed. */
    void of(Weaving now) {
        weaving = now;
        reported = false;
    }

    /**
     * Does what is due.
     *
     * @param nanos since the application began
     * @return nanoseconds until it is to be called again; {@link Long#MAX_VALUE} if nothing is left to do
     */
    long due(long nanos) {
        if (nanos >= REPORT_NANOS && !reported) {
            reported = true;
            weaving.weaver().weaveLoaded();
            report();
        }
        long wait = observation.due();
        if (weaving != null) {
            wait = Math.min(wait, weaving.reporter().warnOfSuspects(SUSPECT_NANOS));
        }
        return reported ? wait : Math.min(wait, Math.max(REPORT_NANOS - nanos, 1));
    }

    /** Only where it was asked for: a class may yet be loaded, and then nothing is wrong. */
    private void report() {
        if (!Log.says(LogLevel.INFO)) {
            return;
        }
        for (ListedPattern listed : configuration.patterns().listed()) {
            String problem = listed.report().problem();
            if (problem != null) {
                Log.info(listed.source() + ": '" + listed + "' " + problem);
            }
        }
    }
}
