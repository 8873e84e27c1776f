// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.hook.Move;
import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.util.concurrent.Executor;

/**
 * Recursion until the stack overflows, with listed calls half-way down and at each level near the end: in a JVM of its
 * own, because it may crash it. Run with the stack size of the pool's threads. Prints one line; exits with 1 if
 * something is wrong.
 */
public final class DeepStack {
    private static final int ROUNDS = 6;
    private static final int NEAR = 150;
    private static final int CALLS = 2_000;
    private static int number;
    private static int moved;
    private static int stayed;
    private static int end;
    private static int calls;

    private DeepStack() {
    }

    /** See above. */
    public static void main(String[] args) throws Exception {
        Pools.define(PoolConfig.of("deep", 2, 2).withStackSize(Long.parseLong(args[0])));
        number = ListedMethods.register("deep#call()", "deep", Mode.TPOOL, null);
        for (int warm = 0; warm < 2_000; warm++) {
            sink(0, 1_000, Integer.MAX_VALUE);
        }
        int overflows = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int offset = round;
            Await.end(Thread.ofVirtual().start(() -> measure(offset)));
            Await.end(Thread.ofVirtual().start(() -> overflow(offset)));
            overflows++;
        }
        System.out.println("overflows=" + overflows + " moved=" + moved + " stayed=" + stayed + " end=" + end);
    }

    /** Finds out at which level the stack ends. */
    private static void measure(int offset) {
        end = 0;
        try {
            sink(-offset, Integer.MAX_VALUE, Integer.MAX_VALUE);
        } catch (StackOverflowError expected) {
            end -= NEAR / 2;   // the frames of a call are larger than one of ours
        }
    }

    private static void overflow(int offset) {
        Thread self = Thread.currentThread();
        Executor home = VirtualThreads.scheduler(self);
        calls = 0;
        try {
            sink(-offset, Integer.MAX_VALUE, end - NEAR);
            throw new AssertionError("the stack has no end");
        } catch (StackOverflowError expected) {
            Object passage = Move.enter(number);
            boolean onPool = Virtual.carrier().startsWith("tpool-deep-");
            Move.exit(passage, null);
            if (!onPool || ThreadMove.isAboard(self) || VirtualThreads.scheduler(self) != home) {
                System.out.println("the thread has lost its way");
                System.exit(1);
            }
        }
    }

    /** Calls half-way down, and on each level from a certain one on. */
    private static int sink(int level, int last, int near) {
        if (level == near / 2 || level > near && calls++ < CALLS) {
            call();
        } else if (near == Integer.MAX_VALUE && level > end) {
            end = level;
        }
        return level == last ? 0 : sink(level + 1, last, near) + 1;
    }

    private static void call() {
        Object passage = Move.enter(number);
        if (passage instanceof ThreadMove) {
            moved++;
        } else {
            stayed++;
        }
        Move.exit(passage, null);
    }
}
