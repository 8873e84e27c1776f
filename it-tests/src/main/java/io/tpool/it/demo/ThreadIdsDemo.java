// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

import io.tpool.TPool;
import io.tpool.ThreadIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/**
 * Who runs on which thread of the operating system: green threads share their carriers' threads, each call through the
 * pool has one to itself, whether a virtual or a platform thread makes it. The experiment that eventlet's {@code tpool}
 * is explained with.
 *
 * @since 1.0
 */
public final class ThreadIdsDemo {
    private static final int THREADS = 6;

    private ThreadIdsDemo() {
    }

    /**
     * Prints the ids.
     *
     * @param args none
     * @throws Exception never
     */
    public static void main(String[] args) throws Exception {
        print("main", ThreadIds.current());
        System.out.println("green threads share their carriers:");
        onGreenThreads(ThreadIds::current);
        System.out.println("calls through the pool, from green threads:");
        CountDownLatch all = new CountDownLatch(THREADS);
        onGreenThreads(() -> TPool.shared().execute(() -> blockUntilAllDo(all)));
        System.out.println("a call through the pool, from the platform thread main:");
        print("main", TPool.shared().execute(ThreadIds::current));
        print("main, afterwards", ThreadIds.current());
    }

    /** Calls it on some virtual threads at once, and prints what each of them saw. */
    private static void onGreenThreads(Callable<ThreadIds> call) throws Exception {
        List<FutureTask<ThreadIds>> tasks = new ArrayList<>();
        for (int i = 1; i <= THREADS; i++) {
            FutureTask<ThreadIds> task = new FutureTask<>(call);
            tasks.add(task);
            Thread.ofVirtual().name("green-" + i).start(task);
        }
        for (FutureTask<ThreadIds> task : tasks) {
            print(task.get().name(), task.get());
        }
    }

    /** Keeps its OS thread, as a blocking call does, until all are there. */
    private static ThreadIds blockUntilAllDo(CountDownLatch all) {
        ThreadIds ids = ThreadIds.current();
        all.countDown();
        while (all.getCount() > 0) {
            Thread.onSpinWait();
        }
        return ids;
    }

    private static void print(String who, ThreadIds ids) {
        System.out.printf("  %-16s %s thread #%d on %s, OS thread %d%n", who, ids.virtual() ? "virtual"
            : "platform", ids.threadId(), ids.carrier(), ids.osThreadId());
    }
}
