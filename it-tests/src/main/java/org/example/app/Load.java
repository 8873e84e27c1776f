// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What the applications have in common: virtual threads that do the same blocking work at once, beside a
 * {@link Bystander}.
 *
 * @since 1.0
 */
public final class Load {
    private static final int IDLE_MILLIS = 300;

    private Load() {
    }

    /** One virtual thread's share of the work. */
    @FunctionalInterface
    public interface Job {
        /**
         * Does the work.
         *
         * @param number of the thread, from 0
         * @throws Exception what went wrong; ends the application with status 1
         */
        void run(int number) throws Exception;
    }

    /**
     * Tells how many carriers this JVM's default scheduler has.
     *
     * @return at least 1
     */
    public static int carriers() {
        return Integer.getInteger("jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    }

    /**
     * Runs the job once on every one of some virtual threads and prints {@code idleMillis} and {@code gapMillis}, the
     * bystander's worst gaps before and under the load; {@code machineMillis}, that of a platform thread under the
     * load, which no scheduler of virtual threads keeps waiting; {@code loadMillis}; and the agent's figures, see
     * {@link Figures}.
     *
     * @param threads how many
     * @param job what each does
     * @throws Exception the first thing that went wrong in a job
     */
    public static void besideBystander(int threads, Job job) throws Exception {
        try (Bystander bystander = Bystander.start(Thread.ofVirtual()); Bystander machine =
            Bystander.start(Thread.ofPlatform())) {
            print("idleMillis", bystander.idle(IDLE_MILLIS));
            bystander.reset();
            machine.reset();
            long start = System.nanoTime();
            onVirtualThreads(threads, job);
            print("gapMillis", bystander.worstMillis());
            print("machineMillis", machine.worstMillis());
            print("loadMillis", (System.nanoTime() - start) / 1e6);
        }
        Figures.print();
    }

    /**
     * Runs the job once on every one of some virtual threads, and waits for all.
     *
     * @param threads how many
     * @param job what each does
     * @throws Exception the first thing that went wrong in a job
     */
    public static void onVirtualThreads(int threads, Job job) throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            FutureTask<Void> task = new FutureTask<>(() -> {
                job.run(number);
                return null;
            });
            tasks.add(task);
            Thread.ofVirtual().name("load-" + i).start(task);
        }
        for (FutureTask<Void> task : tasks) {
            get(task);
        }
    }

    /**
     * Prints one result.
     *
     * @param key what was measured
     * @param value what came out
     */
    public static void print(String key, Object value) {
        System.out.println(key + "=" + value);
    }

    private static void get(FutureTask<Void> task) throws Exception {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
