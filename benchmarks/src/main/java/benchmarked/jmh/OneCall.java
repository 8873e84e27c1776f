// SPDX-License-Identifier: Apache-2.0
package benchmarked.jmh;

import benchmarked.crowd.Blocking;
import benchmarked.crowd.Way;
import benchmarked.work.Arithmetic;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call of less than a nanosecond from one thread: a platform thread, or with {@code -Djmh.executor=VIRTUAL} a virtual
 * one.
 *
 * @since 1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OneCall {
    private static final int NESTED = 1_000;
    private static final int POOL_SIZE = 64;

    private final Semaphore semaphore = new Semaphore(POOL_SIZE);
    private final ExecutorService pool = Way.pool(POOL_SIZE);
    private int x;

    /** Made by JMH. */
    public OneCall() {
    }

    /** Ends the pool. */
    @TearDown
    public void end() {
        pool.shutdown();
    }

    /**
     * The bare call.
     *
     * @return for JMH
     */
    @Benchmark
    public int direct() {
        x = Arithmetic.direct(x);
        return x;
    }

    /**
     * A listed method.
     *
     * @return for JMH
     */
    @Benchmark
    public int listed() {
        x = Arithmetic.listed(x);
        return x;
    }

    /**
     * With the JDK's own compensation around it.
     *
     * @return for JMH
     */
    @Benchmark
    public int blocker() {
        long token = Blocking.begin();
        try {
            x = Arithmetic.direct(x);
        } finally {
            Blocking.end(token);
        }
        return x;
    }

    /**
     * With a semaphore around it.
     *
     * @return for JMH
     * @throws InterruptedException never
     */
    @Benchmark
    public int semaphore() throws InterruptedException {
        semaphore.acquire();
        try {
            x = Arithmetic.direct(x);
        } finally {
            semaphore.release();
        }
        return x;
    }

    /**
     * On a pool, by {@code submit().get()}.
     *
     * @return for JMH
     * @throws Exception never
     */
    @Benchmark
    public int submit() throws Exception {
        Callable<Integer> call = () -> Arithmetic.direct(x);
        x = pool.submit(call).get();
        return x;
    }

    /**
     * On a pool, by {@code supplyAsync().join()}.
     *
     * @return for JMH
     */
    @Benchmark
    public int supply() {
        x = CompletableFuture.supplyAsync(() -> Arithmetic.direct(x), pool).join();
        return x;
    }

    /**
     * Bare calls from a bare call.
     *
     * @return for JMH
     */
    @Benchmark
    @OperationsPerInvocation(NESTED)
    public int directNested() {
        x = Arithmetic.directOuter(NESTED, x);
        return x;
    }

    /**
     * Listed calls from a listed method.
     *
     * @return for JMH
     */
    @Benchmark
    @OperationsPerInvocation(NESTED)
    public int listedNested() {
        x = Arithmetic.listedOuter(NESTED, x);
        return x;
    }

    /**
     * The JDK's own compensation around calls within it.
     *
     * @return for JMH
     */
    @Benchmark
    @OperationsPerInvocation(NESTED)
    public int blockerNested() {
        long token = Blocking.begin();
        try {
            for (int i = 0; i < NESTED; i++) {
                blocker();
            }
        } finally {
            Blocking.end(token);
        }
        return x;
    }
}
