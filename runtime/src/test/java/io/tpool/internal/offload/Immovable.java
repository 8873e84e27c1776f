// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Pools;
import io.tpool.testing.Virtual;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Calls in a JVM in which virtual threads cannot be moved. Prints what is wrong, and why they cannot be moved. */
public final class Immovable {
    private static final List<String> WRONG = new ArrayList<>();

    private Immovable() {
    }

    /** See above. */
    public static void main(String[] args) throws Exception {
        Pool pool = new Pool(PoolConfig.of("immovable", 1));
        Virtual.call(() -> {
            api(pool);
            woven();
            learned();
            handOff();
            return null;
        });
        WRONG.forEach(System.out::println);
        System.out.println(SelfTest.problem());
        System.exit(WRONG.size());
    }

    private static void api(Pool pool) throws Exception {
        Thread caller = Thread.currentThread();
        check("the API hands off", Offload.call(pool, () -> Thread.currentThread() instanceof PoolThread));
        IOException thrown = new IOException("test");
        try {
            Offload.call(pool, () -> {
                throw thrown;
            });
        } catch (IOException e) {
            check("the exception is the same", e == thrown);
        }
        Virtual.belowNativeFrame(() -> checkCall(pool));
        check("the caller is the same", caller == Thread.currentThread());
    }

    private static void checkCall(Pool pool) {
        try {
            check("a call above a native frame returns", Offload.call(pool, () -> true));
        } catch (Exception e) {
            WRONG.add("threw " + e);
        }
    }

    private static void woven() throws Exception {
        try (Listed listed = Listed.inPool(1)) {
            check("a woven call of mode tpool stays", !listed.call(listed::isCarrying));
        }
    }

    private static void learned() {
        Pools.define(PoolConfig.of("immovable-learned", 1));
        int number = ListedMethods.register("org.example.Learned#call()", "immovable-learned", Mode.AUTO, null);
        for (int i = 0; i < 300; i++) {
            Object begun = Offload.begin(number, Thread.currentThread());
            if (begun != null) {
                Offload.end(begun, null);
            }
        }
        MethodFigures figures = ListedMethods.figures().stream()
                .filter(row -> row.method().equals("org.example.Learned#call()")).findAny().orElseThrow();
        check("a woven call of mode auto stays", figures.offloaded() == 0 && figures.inPlace() == 300);
        check("the row says why",
                figures.decision().reason().equals("virtual threads cannot be moved here: " + SelfTest.problem()));
    }

    private static void handOff() throws IOException {
        try (Handed handed = Handed.inPool(1)) {
            check("a woven call of mode handoff is handed off", (Boolean) handed.call(handed::isCurrent));
            check("it does not apply on a platform thread", !VirtualThreads.isMovable(new Thread()));
        } catch (Throwable e) {
            WRONG.add("threw " + e);
        }
    }

    private static void check(String what, boolean so) {
        if (!so) {
            WRONG.add("not so: " + what);
        }
    }
}
