// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Crowd;
import benchmarked.crowd.Delays;
import benchmarked.crowd.Way;
import benchmarked.work.Computation;
import java.util.Collections;

/**
 * Computations that all begin at once, beside a bystander.
 *
 * @since 1.0
 */
public final class HogsApp {
    /** How often the bystander wants to run. */
    static final int PERIOD_MILLIS = 5;
    private static final int WARM_UPS = 20;
    private static final int FEW = 10;
    private static final int SETTLE_MILLIS = 200;

    private HogsApp() {
    }

    /**
     * Runs it.
     *
     * @param args way, computations, steps of each, size of the pool, and how often they have run before they are
     *     measured
     * @throws Exception if a computation fails
     */
    public static void main(String[] args) throws Exception {
        Way way = Way.valueOf(args[0]);
        int count = Integer.parseInt(args[1]);
        Computation computation = new Computation(Integer.parseInt(args[2]));
        int poolSize = Integer.parseInt(args[3]);
        compile();
        way.crowd(Collections.nCopies(Math.min(count, FEW), computation), poolSize).run(1, Crowd.NEVER);
        for (int i = 0; i < Integer.parseInt(args[4]); i++) {
            way.crowd(Collections.nCopies(count, computation), poolSize).run(1, Crowd.NEVER);
        }
        Crowd crowd = way.crowd(Collections.nCopies(count, computation), poolSize);
        Delays delays = new Delays(PERIOD_MILLIS);
        way.startBystander(delays);
        Thread.sleep(SETTLE_MILLIS);
        ProcessFigures before = ProcessFigures.now();
        delays.reset();
        long begin = System.nanoTime();
        crowd.run(1, Crowd.NEVER);
        long nanos = System.nanoTime() - begin;
        Print.result("gap", delays.worstGap());
        Print.result("nanos", nanos);
        Print.result("cpu", ProcessFigures.now().minus(before).cpuNanos());
        System.exit(0);
    }

    /** Lets the compiler do its work before anything is measured. */
    static void compile() {
        Computation computation = new Computation(Computation.stepsOf(1));
        for (int i = 0; i < WARM_UPS; i++) {
            computation.direct();
        }
    }
}
