// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

/**
 * Computes in pure Java for a number of steps, and never gives its carrier back before it is done.
 *
 * @since 1.0
 */
public final class Computation implements Work {
    private static final int FACTOR = 31;
    private static final int CALIBRATIONS = 30;

    private final int steps;
    /** Kept, or the compiler would find out that nobody needs it. Callers overwrite each other's. */
    private int computed;

    /**
     * Makes one, for any number of callers.
     *
     * @param steps how many
     */
    public Computation(int steps) {
        this.steps = steps;
    }

    @Override
    public int direct() {
        long x = 0;
        for (int i = 0; i < steps; i++) {
            x += x * FACTOR + i;
        }
        computed = (int) x;
        return computed;
    }

    /**
     * Finds out how many steps take so long here when nobody disturbs: the quickest of many tries counts.
     *
     * @param millis how long
     * @return steps
     */
    public static int stepsOf(int millis) {
        int tried = 1_000_000;
        long least = Long.MAX_VALUE;
        Computation computation = new Computation(tried);
        for (int i = 0; i < CALIBRATIONS; i++) {
            long begin = System.nanoTime();
            computation.direct();
            least = Math.min(least, System.nanoTime() - begin);
        }
        return (int) (millis * 1e6 * tried / Math.max(1, least));
    }
}
