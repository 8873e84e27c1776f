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
        return attached("pool.size=" + poolSize + "," + rival.agent());
    }
}
