// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * One method whose calls are short or long: about a microsecond of computing, or five milliseconds in native code.
 *
 * @since 1.0
 */
public final class Mixed implements Work {
    private static final int SHORT_STEPS = 2_000;
    private static final int LONG_MILLIS = 5;
    private static final LongAdder LONG_CALLS = new LongAdder();

    private final NativeSleep sleep = new NativeSleep(LONG_MILLIS);
    private final int shortsPerLong;
    private final long phaseNanos;
    private int made;
    /** Kept, or the compiler would find out that nobody needs it. */
    private int computed;

    private Mixed(int shortsPerLong, long phaseNanos, int first) {
        this.shortsPerLong = shortsPerLong;
        this.phaseNanos = phaseNanos;
        made = first;
    }

    /**
     * Makes one whose calls are long now and then.
     *
     * @param shorts calls that are short, for each that is long
     * @param first differs from caller to caller, so that they do not make their long calls all at once
     * @return for one caller
     */
    public static Mixed ratio(int shorts, int first) {
        return new Mixed(shorts, 0, first);
    }

    /**
     * Makes one whose calls are all short for a while, then all long for a while.
     *
     * @param millis length of such a phase
     * @return for one caller
     */
    public static Mixed phases(long millis) {
        return new Mixed(0, TimeUnit.MILLISECONDS.toNanos(millis), 0);
    }

    /**
     * Tells how many long calls all callers of this JVM have made.
     *
     * @return 0 or more
     */
    public static long longCalls() {
        return LONG_CALLS.sum();
    }

    @Override
    public int direct() {
        if (!isLong()) {
            computed = Arithmetic.directOuter(SHORT_STEPS, computed);
            return computed;
        }
        LONG_CALLS.increment();
        return sleep.direct();
    }

    private boolean isLong() {
        if (phaseNanos > 0) {
            return System.nanoTime() / phaseNanos % 2 == 1;
        }
        made++;
        return made % (shortsPerLong + 1) == 0;
    }
}
