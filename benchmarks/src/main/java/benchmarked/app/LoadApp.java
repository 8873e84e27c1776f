// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Crowd;
import benchmarked.crowd.Delays;
import benchmarked.crowd.Way;
import benchmarked.work.Mixed;
import benchmarked.work.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A crowd that calls for a while, beside a bystander.
 *
 * @since 1.0
 */
public final class LoadApp {
    /** A bystander is used to its load after a second, and has seen what idle is after three. */
    private static final long MOST_SETTLE_MILLIS = 1_000;
    private static final long MOST_IDLE_MILLIS = 3_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Way way;
    private final Crowd crowd;
    private final Delays delays = new Delays(1);

    private LoadApp(Way way, Crowd crowd) {
        this.way = way;
        this.crowd = crowd;
    }

    /**
     * Runs it.
     *
     * @param args way, load, callers, size of the pool, milliseconds to warm up, milliseconds to measure, the data, how
     *     much of it: see {@link Load}
     * @throws Exception if a call fails
     */
    public static void main(String[] args) throws Exception {
        Way way = Way.valueOf(args[0]);
        Load load = Load.valueOf(args[1]);
        Path data = Path.of(args[6]);
        List<Work> works = load.works(Integer.parseInt(args[2]), data, Integer.parseInt(args[7]));
        LoadApp app = new LoadApp(way, way.crowd(works, Integer.parseInt(args[3])));
        load.startOthers(data);
        app.run(Long.parseLong(args[4]), Long.parseLong(args[5]));
        System.exit(0);   // callers that starved all the time are not waited for
    }

    private void run(long warmMillis, long millis) throws Exception {
        callFor(warmMillis);
        way.startBystander(delays);
        Thread.sleep(Math.min(warmMillis, MOST_SETTLE_MILLIS));
        delays.reset();
        Thread.sleep(Math.min(millis, MOST_IDLE_MILLIS));
        print("idle.", delays.sorted());
        ProcessFigures before = ProcessFigures.now();
        long longBefore = Mixed.longCalls();
        long start = System.nanoTime();
        delays.reset();
        long calls = callFor(millis);
        long nanos = System.nanoTime() - start;
        print("load.", delays.sorted());
        ProcessFigures spent = ProcessFigures.now().minus(before);
        Print.result("nanos", (double) nanos / calls);
        Print.result("rate", calls * NANOS_PER_SECOND / nanos);
        Print.result("long.rate", (Mixed.longCalls() - longBefore) * NANOS_PER_SECOND / nanos);
        Print.result("cpu", (double) spent.cpuNanos() / calls);
        Print.result("watching", (double) spent.watchingNanos() / spent.cpuNanos());
        Print.result("switches", (double) spent.switches() / calls);
    }

    private long callFor(long millis) throws Exception {
        return crowd.run(Integer.MAX_VALUE, System.nanoTime() + millis * NANOS_PER_MILLI);
    }

    private static void print(String when, long[] sorted) {
        Print.result(when + "p50", Delays.percentile(sorted, 0.5));
        Print.result(when + "p99", Delays.percentile(sorted, 0.99));
        Print.result(when + "p999", Delays.percentile(sorted, 0.999));
        Print.result(when + "worst", sorted[sorted.length - 1]);
    }
}
