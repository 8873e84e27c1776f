// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import java.util.concurrent.Callable;

/** Runs the calls of a proxy: in the pool, or in the caller. */
public interface Calls {
    <T> T execute(Callable<T> call) throws Exception;
}
