// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;
import java.util.concurrent.ThreadFactory;

/**
 * A way to call from threads: what kind of threads they are, and what each does for a call.
 *
 * @since 1.0
 */
public final class Caller implements AutoCloseable {
    private final ThreadFactory factory;
    private final Step step;
    private final Runnable end;

    Caller(ThreadFactory factory, Step step, Runnable end) {
        this.factory = factory;
        this.step = step;
        this.end = end;
    }

    /** For threads that call in this way. */
    ThreadFactory factory() {
        return factory;
    }

    /** What they do. */
    Step step() {
        return step;
    }

    /**
     * Makes one call on the present thread.
     *
     * @param work what is called
     * @return its result
     * @throws Exception what the call threw
     */
    public int call(Work work) throws Exception {
        return step.call(work);
    }

    /** Ends the pool, if this way has one of its own. */
    @Override
    public void close() {
        end.run();
    }
}
