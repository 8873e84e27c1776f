// SPDX-License-Identifier: Apache-2.0
package benchmarked.jmh;

import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.PoolTask;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Pools;
import io.tpool.internal.pool.Saturation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the agent takes down of each call that ran on a pool thread. It cannot be switched off, so that it is measured
 * by itself, to be compared with a whole hop.
 *
 * @since 1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Statistics {
    private static final MethodHandle OFFLOADED;
    private static final Object METHOD;
    private static final long WAITED_NANOS = 1_000;
    private static final long RAN_NANOS = 100_000;

    static {
        try {
            Lookup in = MethodHandles.privateLookupIn(ListedMethods.class, MethodHandles.lookup());
            Class<?> type =
                Class.forName("io.tpool.internal.offload.ListedMethod", true, ListedMethods.class.getClassLoader());
            int number =
                ListedMethods.register("benchmarked#call()", PoolConfig.DEFAULT_NAME,
                io.tpool.internal.offload.Mode.TPOOL, null);
            METHOD = in.findStatic(ListedMethods.class, "get", MethodType.methodType(type, int.class)).invoke(number);
            OFFLOADED = in.findVirtual(type, "offloaded",
                    MethodType.methodType(void.class, Object.class, long.class, long.class, boolean.class,
                    PoolThread.class))
                .asType(MethodType.methodType(void.class, Object.class, Object.class, long.class, long.class,
                boolean.class, PoolThread.class));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private PoolThread thread;

    /** Made by JMH. */
    public Statistics() {
    }

    /** A piece of work that tells who carries it out. */
    private static final class Who extends PoolTask {
        private final CompletableFuture<PoolThread> answer = new CompletableFuture<>();

        @Override
        protected void carry(PoolThread carrier) {
            answer.complete(carrier);
        }

        @Override
        protected boolean release(Saturation how) {
            return answer.completeExceptionally(new IllegalStateException("the pool is saturated"));
        }

        @Override
        public long begunAt() {
            return 0;
        }

        @Override
        public String description() {
            return "benchmark";
        }
    }

    /** Finds a thread of the agent's pool. */
    @Setup
    public void find() {
        Pool pool = Pools.find(PoolConfig.DEFAULT_NAME);
        Who who = new Who();
        pool.submit(who);
        thread = who.answer.join();
    }

    /**
     * Takes a call down.
     *
     * @throws Throwable never
     */
    @Benchmark
    public void taken() throws Throwable {
        OFFLOADED.invokeExact(METHOD, (Object) null, WAITED_NANOS, RAN_NANOS, false, thread);
    }
}
