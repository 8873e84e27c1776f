// SPDX-License-Identifier: Apache-2.0
package benchmarked.jmh;

import benchmarked.crowd.Crowd;
import benchmarked.crowd.Way;
import benchmarked.work.Work;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A crowd that makes calls which do nothing. Whoever runs this sets the operations per invocation to callers × calls.
 *
 * @since 1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ManyCalls {
    /** How the calls are made. */
    @Param("DIRECT")
    public Way way;
    /** Callers, one or more. */
    @Param("1")
    public int callers;
    /** Calls of each caller. */
    @Param("1")
    public int calls;
    /** Threads of the pool. */
    @Param("64")
    public int poolSize;

    private Crowd crowd;

    /** Made by JMH. */
    public ManyCalls() {
    }

    /** Starts the callers. */
    @Setup
    public void start() {
        crowd = way.crowd(Collections.nCopies(callers, (Work) () -> 1), poolSize);
    }

    /**
     * Ends the callers.
     *
     * @throws Exception if that fails
     */
    @TearDown
    public void end() throws Exception {
        crowd.close();
    }

    /**
     * All calls of all callers.
     *
     * @return for JMH
     * @throws Exception if a call fails
     */
    @Benchmark
    public long all() throws Exception {
        return crowd.run(calls, Crowd.NEVER);
    }
}
