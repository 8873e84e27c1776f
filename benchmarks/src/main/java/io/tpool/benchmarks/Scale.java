// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

/** How much is measured. */
enum Scale {
    /** Two hours. */
    FULL(3, 3, 3, 700, 5, 3, 1_000, 3_000, 3, 512, 100_000, 11, 5, 7, 4_000, 300, 1_000_000),
    /** Some minutes. */
    SHORT(1, 1, 1, 300, 1, 1, 250, 500, 1, 128, 10_000, 1, 1, 1, 1_000, 40, 100_000),
    /** A little of everything: whether it works. Its figures mean nothing. */
    SMALLEST(1, 1, 1, 20, 1, 1, 20, 100, 1, 64, 1_000, 1, 1, 1, 100, 6, 10_000);

    /** Rounds of what JMH measures. */
    final int callRounds;
    /** JMH's iterations before it measures. */
    final int warmUps;
    /** JMH's iterations in which it measures. */
    final int iterations;
    /** Their length. */
    final int iterationMillis;
    /** Rounds of applications whose calls sleep: a bystander's one delay in a thousand needs many. */
    final int sleepRounds;
    /** Rounds of other applications that make calls for a while. */
    final int loadRounds;
    /** How long they do before they are measured. */
    final int warmMillis;
    /** How long they are measured. */
    final int loadMillis;
    /** Rounds of what memory is measured of. */
    final int memoryRounds;
    /** Threads of a large pool. */
    final int poolThreads;
    /** Threads that wait for a pool. */
    final int waitingThreads;
    /** Rounds of starting a small application. */
    final int startRounds;
    /** Rounds of starting a large application. */
    final int largeStartRounds;
    /** Rounds of an application that is looked into. */
    final int discoveryRounds;
    /** How long it runs before it is measured, and then again: watching costs most in its first seconds. */
    final int discoveryMillis;
    /** Computations that begin all at once. */
    final int hogs;
    /** Keys of a database that is read as a whole. */
    final int keys;

    Scale(int callRounds, int warmUps, int iterations, int iterationMillis, int sleepRounds, int loadRounds,
        int warmMillis, int loadMillis,
            int memoryRounds, int poolThreads, int waitingThreads, int startRounds, int largeStartRounds,
            int discoveryRounds, int discoveryMillis,
            int hogs, int keys) {
        this.callRounds = callRounds;
        this.warmUps = warmUps;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
        this.sleepRounds = sleepRounds;
        this.loadRounds = loadRounds;
        this.warmMillis = warmMillis;
        this.loadMillis = loadMillis;
        this.memoryRounds = memoryRounds;
        this.poolThreads = poolThreads;
        this.waitingThreads = waitingThreads;
        this.startRounds = startRounds;
        this.largeStartRounds = largeStartRounds;
        this.discoveryRounds = discoveryRounds;
        this.discoveryMillis = discoveryMillis;
        this.hogs = hogs;
        this.keys = keys;
    }
}
