// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Delays;
import benchmarked.crowd.Durations;
import benchmarked.crowd.Starter;
import benchmarked.crowd.Way;
import benchmarked.work.Computation;
import benchmarked.work.Work;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that come when they come, whether or not earlier ones have been answered. Each computes on a thread of its
 * own. The time of an answer counts from when the request was to come, so that who makes it come late does not make the
 * answer look quick.
 *
 * @since 1.0
 */
public final class RequestsApp {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SEED = 42;
    /** One request in so many comes before anything is measured. */
    private static final int WARM_PART = 5;

    private final Starter starter;
    private final Work work;
    private final Durations durations = new Durations();
    private final AtomicLong lastEnd = new AtomicLong();

    private RequestsApp(Starter starter, Work work) {
        this.starter = starter;
        this.work = work;
    }

    /**
     * Runs it.
     *
     * @param args way, requests, steps of each, size of the pool, nanoseconds between two requests in the mean
     * @throws Exception if a request fails
     */
    public static void main(String[] args) throws Exception {
        Way way = Way.valueOf(args[0]);
        int requests = Integer.parseInt(args[1]);
        long meanNanos = Long.parseLong(args[4]);
        HogsApp.compile();
        RequestsApp app = new RequestsApp(way.starter(Integer.parseInt(args[3])),
            new Computation(Integer.parseInt(args[2])));
        Schedule schedule = new Schedule(SEED, meanNanos);
        app.serve(requests / WARM_PART, schedule);
        Delays delays = new Delays(HogsApp.PERIOD_MILLIS);
        way.startBystander(delays);
        app.durations.reset();
        ProcessFigures before = ProcessFigures.now();
        delays.reset();
        long nanos = app.serve(requests, schedule);
        Print.result("gap", delays.worstGap());
        Print.result("rate", requests * NANOS_PER_SECOND / nanos);
        Print.result("mean", app.durations.mean());
        Print.result("p99", app.durations.percentile(0.99));
        Print.result("cpu", (double) ProcessFigures.now().minus(before).cpuNanos() / requests);
        System.exit(0);
    }

    /** Lets requests come until there have been so many, and waits for the last answer; how long all took. */
    private long serve(int requests, Schedule schedule) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(requests);
        long begin = System.nanoTime();
        long at = begin;
        for (int i = 0; i < requests; i++) {
            at += schedule.next();
            for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long due = at;
            starter.start(work, thrown -> ended(due, thrown, left));
        }
        left.await();
        return lastEnd.get() - begin;
    }

    private void ended(long due, Throwable thrown, CountDownLatch left) {
        if (thrown != null) {
            thrown.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        long now = System.nanoTime();
        durations.add(now - due);
        lastEnd.accumulateAndGet(now, Math::max);
        left.countDown();
    }
}
