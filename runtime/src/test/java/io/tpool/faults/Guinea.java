// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.testing.Virtual;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A thread that makes one call, beside which a fault is thrown somewhere. */
final class Guinea {
    /** How it makes the call. */
    interface Way {
        /** Makes it. */
        void call(Callable<Object> body) throws Throwable;
    }

    final Thread thread;
    private final AtomicInteger ran = new AtomicInteger();
    private volatile String where = "nowhere";
    private volatile Throwable thrown;
    private volatile String astray;

    private Guinea(Thread.Builder builder, Way way) {
        thread = builder.unstarted(() -> live(way));
    }

    static Guinea virtual(Way way) {
        return new Guinea(Thread.ofVirtual().name("guinea"), way);
    }

    static Guinea platform(Way way) {
        return new Guinea(Thread.ofPlatform().daemon().name("guinea"), way);
    }

    /** True in the thread of one, wherever it is mounted. */
    static boolean isCurrent() {
        return Thread.currentThread().getName().equals("guinea");
    }

    Guinea start() {
        thread.start();
        return this;
    }

    private void live(Way way) {
        Executor home = thread.isVirtual() ? VirtualThreads.scheduler(thread) : null;
        try {
            way.call(this::body);
        } catch (Throwable e) {
            thrown = e;
        }
        LockSupport.parkNanos(1_000);   // where a yield failed the thread is home when it has next unmounted
        LockSupport.parkNanos(1_000);   // and a permit may have been there
        if (home != null && VirtualThreads.scheduler(thread) != home) {
            astray = "has another scheduler";
        } else if (Virtual.where().startsWith("tpool-")) {
            astray = "is still on " + Virtual.where();
        }
    }

    private Object body() {
        where = Virtual.where();
        ran.incrementAndGet();
        LockSupport.parkNanos(1_000);
        LockSupport.parkNanos(1_000);
        return null;
    }

    boolean ranOnPoolThread() {
        return where.startsWith("tpool-");
    }

    boolean hasRun() {
        return ran.get() > 0;
    }

    /** What is wrong with how the call ended, or null. */
    String problem(Error fault) {
        if (thread.isAlive()) {
            return "its caller never came back, ran " + ran + " times on " + where + ", " + thread.getState();
        }
        if (astray != null) {
            return "its caller " + astray;
        }
        if (ran.get() > 1) {
            return "ran " + ran + " times";
        }
        boolean refused = thrown instanceof RejectedExecutionException || thrown instanceof TimeoutException;
        if (ran.get() == 0 && thrown == null || thrown != null && thrown != fault && !refused) {
            return "ran " + ran + " times and threw " + thrown;
        }
        return null;
    }

    @Override
    public String toString() {
        return "ran " + ran + " times on " + where + (thrown == null ? "" : " and threw " + thrown);
    }
}
