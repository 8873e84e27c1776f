// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.pool.PoolThread;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Runs in a JVM of its own that has no agent and whose packages are closed; prints what it sees, one line each. */
final class WithoutOpener {
    private WithoutOpener() {
    }

    public static void main(String[] arguments) throws Exception {
        TPool pool = TPool.shared();
        System.out.println("size " + pool.size());
        for (Caller caller : Caller.values()) {
            Callable<Thread> current = Thread::currentThread;
            System.out.println(caller + " on a pool thread: "
                    + (caller.call(() -> pool.execute(current)) instanceof PoolThread));
            IOException thrown = new IOException("meant to happen");
            try {
                caller.call(() -> pool.execute(() -> {
                    throw thrown;
                }));
            } catch (Throwable e) {
                System.out.println(caller + " very exception: " + (e == thrown));
            }
            Callable<?> proxied = pool.proxy(Callable.class, () -> Thread.currentThread() instanceof PoolThread);
            System.out.println(caller + " proxied: " + caller.call(proxied));
        }
    }
}
