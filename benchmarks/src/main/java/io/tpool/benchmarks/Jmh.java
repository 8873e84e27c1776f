// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.jmh.ProcessProfiler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One fork of one JMH benchmark.
 *
 * @param bench where
 * @param benchmark the class
 * @param method its method
 * @param options of the JVM
 * @param parameters of the benchmark
 * @param operations per invocation; 0: as the benchmark itself says
 */
record Jmh(Bench bench, Class<?> benchmark, String method, List<String> options, Map<String, Object> parameters,
    int operations)
        implements Case.Measurement {

    @Override
    public Map<Metric, Double> measure() throws RunnerException {
        Scale scale = bench.scale();
        List<String> all =
            new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
        all.addAll(options);
        ChainedOptionsBuilder builder = new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1).jvm(Jvm.java()).jvmArgs(all.toArray(new String[0]))
            .warmupIterations(scale.warmUps).warmupTime(TimeValue.milliseconds(scale.iterationMillis))
            .measurementIterations(scale.iterations).measurementTime(TimeValue.milliseconds(scale.iterationMillis))
            .addProfiler(GCProfiler.class).addProfiler(ProcessProfiler.class)
            .verbosity(VerboseMode.SILENT).output(bench.results().resolve("jmh.log").toString())
            .shouldFailOnError(true);
        parameters.forEach((name, value) -> builder.param(name, value.toString()));
        if (operations > 0) {
            builder.operationsPerInvocation(operations);
        }
        Collection<RunResult> results = new Runner(builder.build()).run();
        if (results.size() != 1) {
            throw new RunnerException(benchmark.getName() + "." + method + ": " + results.size() + " results");
        }
        return figures(results.iterator().next());
    }

    private static Map<Metric, Double> figures(RunResult result) {
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.TIME, result.getPrimaryResult().getScore());
        put(figures, Metric.CPU, result, ProcessProfiler.CPU);
        put(figures, Metric.SWITCHES, result, ProcessProfiler.SWITCHES);
        put(figures, Metric.ALLOCATED, result, "gc.alloc.rate.norm");
        return figures;
    }

    private static void put(Map<Metric, Double> figures, Metric metric, RunResult from, String name) {
        Result<?> result = from.getSecondaryResults().get(name);
        if (result != null) {
            figures.put(metric, result.getScore());
        }
    }
}
