// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.pool.Thrown;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The kinds of thread that call a pool. */
enum Caller {
    VIRTUAL, PLATFORM;

    Thread start(Runnable task) {
        return this == VIRTUAL ? Thread.startVirtualThread(task) : Thread.ofPlatform().daemon().start(task);
    }

    <T> CompletableFuture<T> begin(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Throws what the task throws, as it is. */
    <T> T call(Callable<T> task) {
        try {
            return begin(task).join();
        } catch (CompletionException e) {
            throw Thrown.<RuntimeException>asIs(e.getCause());
        }
    }
}
