// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.nio.file.Path;

/**
 * Where it is measured.
 *
 * @param scale how much
 * @param agent the shipped jar
 * @param target the module's folder for what is made
 */
record Bench(Scale scale, Path agent, Path target) {
    /** Threads of the pool in all rows that do not say otherwise. */
    static final int POOL_SIZE = 64;
    /** Carriers of the JVMs in which carriers are captured. */
    static final int CARRIERS = 2;

    /** What is left for people and programs. */
    Path results() {
        return target.resolve("benchmarks");
    }

    /** A JVM with as many carriers as {@link #CARRIERS}, with what a rival needs. */
    Jvm jvm(Rival rival) {
        return jvm(rival, CARRIERS);
    }

    /** The same with another number of carriers. */
    Jvm jvm(Rival rival, int carriers) {
        Jvm jvm = new Jvm(results()).option("--enable-native-access=ALL-UNNAMED")
            .option("-Djdk.virtualThreadScheduler.parallelism=" + carriers).options(rival.way().options(POOL_SIZE));
        return rival.isTpool() ? jvm.option(attached(rival, POOL_SIZE)) : jvm;
    }

    /** Another agent's jar. */
    Path otherAgent(String name) {
        return target.resolve("agents").resolve(name + ".jar");
    }

    /** The option that attaches the shipped agent. */
    String attached(String argument) {
        return "-javaagent:" + agent + "=" + argument;
    }

    /** The option that attaches it for a rival with a pool of this size. */
    String attached(Rival rival, int poolSize) {
        return rival.agent().isEmpty() ? "-javaagent:" + agent : attached("pool.size=" + poolSize + ","
            + rival.agent());
    }
}
