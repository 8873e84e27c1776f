// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.jdk.AgentCall;
import io.tpool.agent.message.Log;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's own thread: writes lines that were said in the middle of something else, does what has to wait until the
 * application has begun, and says the last lines before the JVM ends.
 *
 * <p>All of it is done by this one thread, so that a line is never half said when the JVM ends: {@link #finish} hands
 * over to this thread and waits.
 */
final class AgentThread extends Thread {
    private static final long LOOK_NANOS = 500_000_000L;
    /** Whoever holds this thread up, an MBean server say or a full pipe, must not keep the JVM from ending. */
    private static final long FINISH_SECONDS = 5;

    private final DeferredTasks tasks;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean ending;
    /** The thread that will call {@code main}; null if the application runs already. */
    private Thread main;

    private AgentThread(DeferredTasks tasks, Thread main) {
        super(topmost(), null, "tpool-agent", 0, false);
        this.tasks = tasks;
        this.main = main;
        setDaemon(true);
        setContextClassLoader(null);
    }

    static void start(DeferredTasks tasks, Thread main) {
        AgentThread thread = new AgentThread(tasks, main);
        tasks.of(thread);
        thread.start();
        Log.wakeBy(new Wake(thread));
        try {
            Runtime.getRuntime().addShutdownHook(new ExitReport(thread));
        } catch (IllegalStateException ending) {
            // Attached to a JVM that is about to end: there is nothing to wait for.
            return;
        }
    }

    /** Not the group of the thread that attached the agent, which may end. Nothing of the runtime is loaded for it. */
    private static ThreadGroup topmost() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    private record Wake(Thread thread) implements Runnable {
        @Override
        public void run() {
            LockSupport.unpark(thread);
        }
    }

    /** Has this thread say what has not been said yet, and waits until that is written. */
    void finish() {
        ending = true;
        LockSupport.unpark(this);
        try {
            finished.await(FINISH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        doWhatIsDue();
        sayLastLines();
        writeLines();
    }

    private void doWhatIsDue() {
        long began = System.nanoTime();
        long wait = main == null ? 1 : LOOK_NANOS;
        while (!ending) {
            if (wait == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, wait);
            }
            Thread.interrupted();
            wait = LOOK_NANOS;
            try {
                if (main == null) {
                    wait = tasks.due(began);
                } else {
                    if (!AgentCall.isUnderWay(main)) {
                        main = null;
                        began = System.nanoTime();
                    }
                    wait = Math.min(wait, tasks.dueBeforeMain());
                }
                Log.flush();
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    private void sayLastLines() {
        try {
            tasks.atExit();
        } catch (Throwable e) {
            failed(e);
        }
        try {
            Log.flush();
        } catch (Throwable e) {
            failed(e);
        } finally {
            finished.countDown();
        }
    }

    /**
     * The application may take its time to end, and lines may be said meanwhile. Nothing else is done any more: the JVM
     * may be gone at any moment, and then {@code Instrumentation} answers null where it knows no null.
     */
    private void writeLines() {
        for (;;) {
            LockSupport.park(this);
            Thread.interrupted();
            try {
                Log.flush();
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    /** This thread must live: whatever failed, the next line is to be written. */
    private static void failed(Throwable e) {
        Log.error("internal error, the application is not affected: " + e);
    }
}
