// SPDX-License-Identifier: Apache-2.0
package benchmarked.jmh;

import benchmarked.app.ProcessFigures;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an operation costs the whole process: CPU time, which on a busy machine is steadier than the clock, and context
 * switches.
 *
 * @since 1.0
 */
public final class ProcessProfiler implements InternalProfiler {
    /** Nanoseconds of CPU per operation. */
    public static final String CPU = "process.cpu";
    /** Context switches per operation. */
    public static final String SWITCHES = "process.switches";

    private ProcessFigures before;

    /** Made by JMH. */
    public ProcessProfiler() {
    }

    @Override
    public String getDescription() {
        return "CPU time and context switches of the process";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = ProcessFigures.now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
        IterationResult result) {
        ProcessFigures spent = ProcessFigures.now().minus(before);
        double operations = Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(CPU, spent.cpuNanos() / operations, "ns/op", AggregationPolicy.AVG),
            new ScalarResult(SWITCHES, spent.switches() / operations, "1/op", AggregationPolicy.AVG));
    }
}
