// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;

/** A woven method. Holds strings only, so that it keeps no class alive. */
final class ListedMethod {
    private final String name;
    private final Pool pool;
    private final Mode mode;
    /** False for the self-test, which is none of the application's calls. */
    private final boolean recorded;
    /**
     * The hot path: not null while calls stay and nothing but their number is of interest. A hint, read without a
     * fence.
     */
    private long[] staying;
    /** Null where every call leaves the carrier. */
    private final LearnedPolicy policy;
    private volatile MethodCounters counts = new MethodCounters();
    private volatile long stayedBefore;
    /** A hint, so a plain field will do. */
    private boolean deep;
    /** Null unless its class mentions JNA. Written before the byte code runs. */
    private JnaLastError jnaLastError;

    ListedMethod(String name, Pool pool, Mode mode) {
        this(name, pool, mode, true);
    }

    private ListedMethod(String name, Pool pool, Mode mode, boolean recorded) {
        this.name = name;
        this.pool = pool;
        this.mode = mode;
        this.recorded = recorded;
        this.policy = mode == Mode.AUTO ? new LearnedPolicy(this, SelfTest.problem()) : null;
        refresh();
    }

    /** A method that the self-test calls. */
    static ListedMethod ofSelfTest(Pool pool) {
        return new ListedMethod("self-test", pool, Mode.TPOOL, false);
    }

    /** For people: {@code com.acme.Type#method(int, java.lang.String)}. */
    String name() {
        return name;
    }

    /** What the call of a method is called in lists of threads; of none, if the application itself uses the pool. */
    static String nameOf(ListedMethod method) {
        return method != null ? method.name : "TPool.execute";
    }

    /** Where its calls run. */
    Pool pool() {
        return pool;
    }

    /** How its calls are kept off the carrier. */
    Mode mode() {
        return mode;
    }

    long[] staying() {
        return staying;
    }

    /** Looks anew whether calls stay, after something has changed. */
    void refresh() {
        staying = policy == null ? null : policy.cellsWhileStaying();
    }

    /** What its calls take along and bring home, or null. */
    JnaLastError jnaLastError() {
        return jnaLastError;
    }

    /** Does with JNA's last error what another method with the same byte code did. */
    void keepJnaLastErrorAs(ListedMethod before) {
        jnaLastError = before.jnaLastError;
    }

    void keepJnaLastError(ClassLoader loader) {
        jnaLastError = new JnaLastError(loader);
    }

    LearnedPolicy policy() {
        return policy;
    }

    /** Whether its calls are taken down one by one where anybody asks for it. */
    boolean recorded() {
        return recorded;
    }

    /** True once it has been called from {@linkplain StackHeadroom#DEEP deep down}. */
    boolean deep() {
        return deep;
    }

    void calledFromDeepDown() {
        if (!deep) {
            deep = true;
        }
    }

    MethodCounters counts() {
        return counts;
    }

    /** Counts and records a call that ran on a pool thread. */
    void offloaded(Object recorded, long waited, long ran, boolean threw, PoolThread thread) {
        MethodCounters now = counts;
        now.offloaded.increment();
        if (threw) {
            now.failed.increment();
        }
        int stripe = thread.number();
        now.waits.record(waited, stripe);
        now.runs.record(ran, stripe);
        if (ran > now.longest.get()) {
            now.longest.accumulate(ran);
        }
        if (policy != null) {
            policy.moved(waited, ran);
        }
        if (recorded != null) {
            Offload.record(recorded, this, threw ? Outcome.THREW : Outcome.OFFLOADED, waited, ran, thread);
        }
    }

    /** Counts and records the end of a call that ran on its carrier, or that the pool refused. */
    void stayed(Object recorded, Outcome outcome, long ran, boolean threw) {
        MethodCounters now = counts;
        switch (outcome) {
            case PINNED -> now.pinned.increment();
            case IN_PLACE -> now.inPlace.increment();
            default -> {
                // A refused call ran nowhere.
            }
        }
        if (threw || outcome == Outcome.REJECTED) {
            now.failed.increment();
        }
        if (recorded != null) {
            Offload.record(recorded, this, outcome, 0, ran, null);
        }
    }

    /** Calls that stayed by what was learned, about, since the last reset. */
    long stayed() {
        return policy == null ? 0 : Math.max(0, policy.stayed() - stayedBefore);
    }

    /** Starts counting anew; calls in flight are counted where they end. What was learned stays. */
    void reset() {
        stayedBefore = policy == null ? 0 : policy.stayed();
        counts = new MethodCounters();
    }
}
