// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Crowd;
import benchmarked.crowd.Durations;
import benchmarked.crowd.Pace;
import benchmarked.crowd.Way;
import benchmarked.work.Work;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/**
 * Calls that do nothing, back to back or with breaks between them, in a JVM that has just started (cold) and in the
 * same one later (warm). What is seen is the hop: how long it takes, and what it costs the whole process.
 *
 * @since 1.0
 */
public final class PaceApp {
    private static final int FEW = 10;

    private final Way way;
    private final int callers;
    private final int poolSize;
    private final int breakMillis;
    private final Durations durations = new Durations();

    private PaceApp(Way way, int callers, int poolSize, int breakMillis) {
        this.way = way;
        this.callers = callers;
        this.poolSize = poolSize;
        this.breakMillis = breakMillis;
    }

    /**
     * Runs it.
     *
     * @param args way, callers, size of the pool, milliseconds between a caller's calls (0: none), milliseconds of the
     *     cold part, to warm up, of the warm part
     * @throws Exception if a call fails
     */
    public static void main(String[] args) throws Exception {
        PaceApp app = new PaceApp(Way.valueOf(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]),
            Integer.parseInt(args[3]));
        Work nothing = () -> 1;
        Crowd paced = app.crowd(nothing);
        paced.run(1, Crowd.NEVER);   // classes are loaded, nothing is compiled
        app.measure(paced, "cold.", Long.parseLong(args[4]));
        Crowd warming = app.way.crowd(Collections.nCopies(FEW, nothing), app.poolSize);
        callFor(warming, Long.parseLong(args[5]));
        app.measure(paced, "", Long.parseLong(args[6]));
        System.exit(0);
    }

    private Crowd crowd(Work work) {
        Pace pace = breakMillis == 0 ? null : new Pace(breakMillis, durations);
        return way.crowd(Collections.nCopies(callers, work), poolSize, pace);
    }

    private void measure(Crowd crowd, String when, long millis) throws Exception {
        durations.reset();
        ProcessFigures before = ProcessFigures.now();
        long begin = System.nanoTime();
        long calls = callFor(crowd, millis);
        long nanos = System.nanoTime() - begin;
        ProcessFigures spent = ProcessFigures.now().minus(before);
        // Back to back a call takes what the clock says; with breaks what each has measured itself, and one that was
        // disturbed must not count for many.
        Print.result(when + "nanos", breakMillis == 0 ? (double) nanos / calls : durations.percentile(0.5));
        Print.result(when + "cpu", (double) spent.cpuNanos() / calls);
        Print.result(when + "switches", (double) spent.switches() / calls);
    }

    private static long callFor(Crowd crowd, long millis) throws Exception {
        return Math.max(1, crowd.run(Integer.MAX_VALUE, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }
}
