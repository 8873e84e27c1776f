// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.Pools;

/** A listed method with a pool of its own, which both go with it. */
abstract class OwnPool implements AutoCloseable {
    final Pool pool;
    final int number;
    private final String name;

    OwnPool(Pool pool, Mode mode, String name) {
        this.pool = pool;
        this.name = name;
        number = ListedMethods.register(name, pool.name(), mode, null);
    }

    final MethodFigures figures() {
        return ListedMethods.figures().stream().filter(f -> f.method().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public final void close() {
        ListedMethods.discard(number);
        Pools.remove(pool);
        pool.killAll();
    }
}
