// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.api;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What a {@link TPool} does its work with: a pool of this copy of the API, or one of the agent's. Methods are those of
 * {@code TPool}.
 */
public interface PoolOperations {
    <T> T execute(Callable<T> task) throws Exception;

    <T> T execute(Callable<T> task, Duration timeout) throws Exception;

    void post(Runnable task);

    void resize(int size);

    int size();

    void killAll();

    void close();
}
