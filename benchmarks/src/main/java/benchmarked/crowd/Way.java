// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * How a call is made.
 *
 * @since 1.0
 */
public enum Way {
    /** A virtual thread calls. */
    DIRECT,
    /** A virtual thread calls a method that the agent, if attached, has woven. */
    LISTED,
    /**
     * A virtual thread calls, then yields twice to its own scheduler: what a way to a pool and back consists of,
     * without the pool.
     */
    YIELDS,
    /** A virtual thread: {@code ExecutorService.submit().get()}, fixed pool. */
    SUBMIT,
    /** A virtual thread: {@code CompletableFuture.supplyAsync().join()}, on the same pool. */
    SUPPLY,
    /** A coroutine: {@code withContext(Dispatchers.IO)}. */
    KOTLIN,
    /** A virtual thread calls between {@code jdk.internal.misc.Blocker.begin()} and {@code end()}. */
    BLOCKER,
    /** A platform thread calls, as many at once as a semaphore lets through. */
    SEMAPHORE;

    /**
     * Makes a crowd that calls in this way, without breaks.
     *
     * @param works one for each caller; closed by the crowd
     * @param poolSize calls at once, where this way has a pool of its own; the agent and Kotlin take theirs from the
     *     JVM's options
     * @return waiting
     */
    public Crowd crowd(List<? extends Work> works, int poolSize) {
        return crowd(works, poolSize, null);
    }

    /**
     * Makes a crowd that calls in this way.
     *
     * @param works as in {@link #crowd(List, int)}
     * @param poolSize as in {@link #crowd(List, int)}
     * @param pace breaks between calls; null: none
     * @return waiting
     */
    public Crowd crowd(List<? extends Work> works, int poolSize, Pace pace) {
        return this == KOTLIN ? new Coroutines(works, pace) : new Threads(works, caller(poolSize), pace);
    }

    /**
     * Makes what starts a thread, or a coroutine, of its own for each call.
     *
     * @param poolSize as in {@link #crowd(List, int)}
     * @return for as long as the JVM lives
     */
    public Starter starter(int poolSize) {
        if (this == KOTLIN) {
            return Coroutines::start;
        }
        Caller caller = caller(poolSize);
        return (work, done) -> caller.factory().newThread(() -> {
            Throwable thrown = null;
            try {
                caller.call(work);
            } catch (Throwable t) {
                thrown = t;
            }
            done.accept(thrown);
        }).start();
    }

    /**
     * Makes what calls in this way.
     *
     * @param poolSize as in {@link #crowd(List, int)}
     * @return to be closed
     * @throws UnsupportedOperationException if coroutines call in this way
     */
    public Caller caller(int poolSize) {
        return switch (this) {
            case DIRECT -> virtual(Work::direct, () -> { });
            case LISTED -> virtual(Work::listed, () -> { });
            case YIELDS -> virtual(Way::yields, () -> { });
            case BLOCKER -> virtual(Way::blocker, () -> { });
            case KOTLIN -> throw new UnsupportedOperationException("a coroutine is no thread");
            case SEMAPHORE -> {
                Semaphore semaphore = new Semaphore(poolSize);
                yield new Caller(Thread.ofPlatform().daemon().factory(), work -> guarded(semaphore, work), () -> { });
            }
            case SUBMIT -> {
                ExecutorService pool = pool(poolSize);
                yield virtual(work -> pool.submit((Callable<Integer>) work::direct).get(), pool::shutdown);
            }
            case SUPPLY -> {
                ExecutorService pool = pool(poolSize);
                yield virtual(work -> CompletableFuture.supplyAsync(() -> unchecked(work), pool).join(),
                    pool::shutdown);
            }
        };
    }

    /**
     * Starts a bystander of the kind that calls in this way: a virtual thread, a coroutine or a platform thread.
     *
     * @param delays what it reports to
     */
    public void startBystander(Delays delays) {
        switch (this) {
            case KOTLIN -> Coroutines.startBystander(delays);
            case SEMAPHORE -> Thread.ofPlatform().daemon().name("bystander").start(delays::tick);
            default -> Thread.ofVirtual().name("bystander").start(delays::tick);
        }
    }

    private static Caller virtual(Step step, Runnable end) {
        return new Caller(Thread.ofVirtual().factory(), step, end);
    }

    /**
     * A pool as an application has it.
     *
     * @param size its threads
     * @return of daemon threads
     */
    public static ExecutorService pool(int size) {
        ThreadFactory daemons = Thread.ofPlatform().daemon().factory();
        return Executors.newFixedThreadPool(size, daemons);
    }

    private static int blocker(Work work) throws Exception {
        long token = Blocking.begin();
        try {
            return work.direct();
        } finally {
            Blocking.end(token);
        }
    }

    private static int yields(Work work) throws Exception {
        int result = work.direct();
        Thread.yield();
        Thread.yield();
        return result;
    }

    private static int guarded(Semaphore semaphore, Work work) throws Exception {
        semaphore.acquire();
        try {
            return work.direct();
        } finally {
            semaphore.release();
        }
    }

    private static int unchecked(Work work) {
        try {
            return work.direct();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /**
     * The JVM options that a way needs.
     *
     * @param poolSize as in {@link #crowd(List, int)}
     * @return none, one or two
     */
    public List<String> options(int poolSize) {
        String[] options = switch (this) {
            case BLOCKER -> new String[] {"--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"};
            case KOTLIN -> new String[] {"-Dkotlinx.coroutines.io.parallelism=" + poolSize};
            default -> new String[0];
        };
        return Arrays.asList(options);
    }
}
