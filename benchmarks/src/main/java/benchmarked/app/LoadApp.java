package benchmarked.app;

import benchmarked.crowd.Crowd;
import benchmarked.crowd.Delays;
import benchmarked.crowd.Way;
import benchmarked.work.Database;
import benchmarked.work.LockHolder;
import benchmarked.work.NativeSleep;
import benchmarked.work.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A crowd that calls for a while, beside a bystander.
 *
 * @since 1.0
 */
public final class LoadApp {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Way way;
    private final Crowd crowd;
    private final Delays delays = new Delays();

    private LoadApp(Way way, Crowd crowd) {
        this.way = way;
        this.crowd = crowd;
    }

    /** What the callers do. */
    public enum Load {
        /** Sleep 5 ms in native code. */
        SLEEP,
        /** Find a row by its key. */
        POINT,
        /** Read 100,000 rows. */
        SCAN,
        /** Insert a row while somebody keeps the write lock most of the time. */
        BUSY;

        private Work work(Path database) throws Exception {
            return switch (this) {
                case SLEEP -> new NativeSleep(SLEEP_MILLIS);
                case POINT -> Database.pointQuery(database);
                case SCAN -> Database.scan(database);
                case BUSY -> Database.insert(database);
            };
        }
    }

    /** How long {@link Load#SLEEP} sleeps. */
    public static final int SLEEP_MILLIS = 5;

    /**
     * Runs it.
     *
     * @param args way, load, callers, size of the pool, milliseconds to warm up, milliseconds to measure, the database
     * @throws Exception if a call fails
     */
    public static void main(String[] args) throws Exception {
        Way way = Way.valueOf(args[0]);
        Load load = Load.valueOf(args[1]);
        Path database = Path.of(args[6]);
        List<Work> works = new ArrayList<>();
        for (int i = Integer.parseInt(args[2]); i > 0; i--) {
            works.add(load.work(database));
        }
        LoadApp app = new LoadApp(way, way.crowd(works, Integer.parseInt(args[3])));
        if (load == Load.BUSY) {
            LockHolder.start(database);
        }
        app.run(Long.parseLong(args[4]), Long.parseLong(args[5]));
        System.exit(0);   // callers that starved all the time are not waited for
    }

    private void run(long warmMillis, long millis) throws Exception {
        callFor(warmMillis);
        way.startBystander(delays);
        Thread.sleep(warmMillis);
        delays.reset();
        Thread.sleep(millis);
        print("idle.", delays.sorted());
        ProcessFigures before = ProcessFigures.now();
        long start = System.nanoTime();
        delays.reset();
        long calls = callFor(millis);
        long nanos = System.nanoTime() - start;
        print("load.", delays.sorted());
        ProcessFigures spent = ProcessFigures.now().minus(before);
        Print.result("calls", calls);
        Print.result("nanos", (double) nanos / calls);
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
