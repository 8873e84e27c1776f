// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;
import java.util.function.Consumer;

/**
 * Starts a thread or a coroutine for each call, as servers do for each request.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface Starter {
    /**
     * Starts one, and does not wait for it.
     *
     * @param work what it calls, once
     * @param done told of the end by the thread that called; null, or what the call threw
     */
    void start(Work work, Consumer<Throwable> done);
}
