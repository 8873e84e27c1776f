// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;
import java.sql.SQLException;

/**
 * Callers that wait until they may call, all at once. For one thread at a time.
 *
 * @since 1.0
 */
public interface Crowd extends AutoCloseable {
    /** For a round that ends with its calls. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Lets every caller make its calls one after the other, and waits until all have.
     *
     * @param calls of each caller
     * @param until value of {@link System#nanoTime} at which no caller begins another call, or {@link #NEVER}
     * @return calls made by all
     * @throws Exception the first that a call threw
     */
    long run(int calls, long until) throws Exception;

    /**
     * Tells how many callers have begun in the present round.
     *
     * @return 0 or more
     */
    int begun();

    @Override
    void close() throws SQLException;

    /** Makes one caller's calls; how many of them were made. */
    static int calls(Step step, Work work, int calls, long until, Pace pace) throws Exception {
        int made = 0;
        if (pace != null) {
            Thread.sleep(pace.firstMillis());
        }
        while (made < calls && (until == NEVER || System.nanoTime() < until)) {
            if (pace == null) {
                step.call(work);
            } else {
                pace.call(step, work);
            }
            made++;
        }
        return made;
    }
}
