// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A native call that does not return until it is released.
 *
 * @since 1.0
 */
public final class Held implements Work {
    private static final int MILLIS = 500;

    private final AtomicInteger inside = new AtomicInteger();
    private final NativeSleep sleep = new NativeSleep(MILLIS);
    private volatile boolean released;

    /** Makes one for all callers. */
    public Held() {
    }

    @Override
    public int direct() {
        inside.incrementAndGet();
        while (!released) {
            sleep.direct();
        }
        return inside.decrementAndGet();
    }

    /**
     * Tells how many threads are held.
     *
     * @return 0 or more
     */
    public int inside() {
        return inside.get();
    }

    /** Lets all calls return, within half a second. */
    public void release() {
        released = true;
    }
}
