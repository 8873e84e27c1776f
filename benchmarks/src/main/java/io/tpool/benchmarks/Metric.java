// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

/** What is measured. Of all but shares and rates less is better. */
enum Metric {
    /** By the clock. */
    TIME("time/call", Unit.NANOS),
    /** Of the whole process, on all processors. */
    CPU("CPU/call", Unit.NANOS),
    /** By the clock, in a JVM that has just started. */
    COLD_TIME("cold time/call", Unit.NANOS),
    /** Of the whole process, in a JVM that has just started. */
    COLD_CPU("cold CPU/call", Unit.NANOS),
    /** The same as {@link #TIME}, of all but one call in a hundred. */
    TIME_P99("p99", Unit.NANOS),
    /** Calls or requests in a second. */
    RATE("calls/s", Unit.COUNT),
    /** Those of them that are long. */
    LONG_RATE("long calls/s", Unit.COUNT),
    /** From when a request was to come to its answer, in the mean. */
    LATENCY("mean latency", Unit.NANOS),
    /** The longest time between two runs of a bystander. */
    GAP("worst gap", Unit.NANOS),
    /** CPU time of the guard's threads, of one core's. */
    GUARD("guard, of a core", Unit.SHARE),
    /** CPU time of the process, of one core's. */
    PROCESS("all, of a core", Unit.SHARE),
    /**
     * Of the threads that watch the application, as part of the process's. What watching costs the watched threads is
     * in {@link #CPU}.
     */
    WATCHING("of it to watch", Unit.SHARE),
    /** On the heap. */
    ALLOCATED("heap/call", Unit.BYTES),
    /** Of all threads, voluntary and not. */
    SWITCHES("switches/call", Unit.COUNT),
    /** Calls made, of those that the pool's size and the length of a call allow. */
    SHARE("of ideal rate", Unit.SHARE),
    /** By how much a bystander is late while nothing is going on. */
    IDLE_P999("idle p99.9", Unit.NANOS),
    /** The same while calls are made: half of the time by no more than this. */
    P50("late p50", Unit.NANOS),
    /** 99 % of the time. */
    P99("p99", Unit.NANOS),
    /** 99.9 % of the time. */
    P999("p99.9", Unit.NANOS),
    /** At worst. */
    WORST("worst", Unit.NANOS),
    /** Heap in use after a collection. */
    HEAP("heap/thread", Unit.BYTES),
    /** Resident memory that is not heap. */
    NATIVE("other memory/thread", Unit.BYTES),
    /** User and system time of a process from its start to its end. */
    PROCESS_CPU("CPU", Unit.NANOS),
    /** By the clock, of a process from its start to its end. */
    PROCESS_TIME("time", Unit.NANOS);

    private final String title;
    private final Unit unit;

    Metric(String title, Unit unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    Unit unit() {
        return unit;
    }
}
