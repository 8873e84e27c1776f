// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import io.tpool.internal.jdk.ThreadGroups;
import io.tpool.internal.jdk.VirtualThreads;
import java.io.File;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of a pool: a platform thread, daemon, that survives any Throwable of what it carries out.
 *
 * @since 1.0
 */
public final class PoolThread extends Thread {
    private static final ThreadGroup GROUP = ThreadGroups.topmost();
    private static final long PAUSE_NANOS = 1_000_000;
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(PoolThread.class, "current", PoolTask.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Pool pool;
    private final int number;
    private final int generation;
    /** Whether this is the thread that searches; for {@link Workers}, on this thread. */
    boolean searches;
    /** Where the thread parked last; null before it has. For {@link Workers}, written by this thread alone. */
    volatile ParkedWorker parked;
    /** Whether the thread was told to end, and is no longer counted; for {@link Workers}. */
    volatile boolean dismissed;

    /** For observers, who may be a step behind; written by this thread alone. */
    private PoolTask current;
    private volatile long osThreadId = -1;

    PoolThread(Pool pool, int number, int generation, boolean searches) {
        super(GROUP, null, "tpool-" + pool.name() + "-" + number, pool.requestedStackSize, false);
        this.pool = pool;
        this.number = number;
        this.generation = generation;
        this.searches = searches;
        setDaemon(true);
        setPriority(NORM_PRIORITY);   // not that of whoever happened to call first
        setContextClassLoader(ClassLoader.getSystemClassLoader());
        VirtualThreads.forgetInheritedAccess(this);
    }

    @Override
    public void run() {
        try {
            osThreadId = currentOsThreadId();
            pool.workers().begun();
            while (step()) {
                continue;
            }
            dismissed = true;
        } finally {
            pool.workers().ended(this);
        }
    }

    /** Carries one task out; false when the thread is to end. Nothing thrown ends it: others count on its coming. */
    private boolean step() {
        PoolTask task = null;
        try {
            task = pool.workers().next(this);
            if (task == null) {
                return false;
            }
            CURRENT.setRelease(this, task);
            task.carry(this);
        } catch (Throwable e) {
            survive(task == null);
        } finally {
            if (task != null) {
                CURRENT.setRelease(this, (PoolTask) null);
                task.leavePool();
            }
        }
        return true;
    }

    private void survive(boolean withoutWork) {
        try {
            pool.countThrown();
        } catch (Throwable noMemory) {
            withoutWork = true;   // and the figure is short by one
        }
        if (withoutWork) {
            LockSupport.parkNanos(PAUSE_NANOS);   // no memory even for waiting
        }
    }

    /**
     * Begins to work for the application.
     *
     * @param contextClassLoader as the caller has it
     */
    public void lend(ClassLoader contextClassLoader) {
        setContextClassLoader(contextClassLoader);
    }

    /**
     * Forgets what the application has left on this thread, so that nothing of it reaches the next call or keeps a
     * class loader alive.
     */
    public void takeBack() {
        setContextClassLoader(ClassLoader.getSystemClassLoader());
        setUncaughtExceptionHandler(null);
        VirtualThreads.forgetThreadLocals(this);
    }

    int generation() {
        return generation;
    }

    /**
     * The number in the thread's name, from 1; a stripe for counters.
     *
     * @return unique in the pool
     */
    public int number() {
        return number;
    }

    /**
     * What the thread carries out now.
     *
     * @return null if it is idle
     */
    public PoolTask current() {
        return (PoolTask) CURRENT.getAcquire(this);
    }

    /**
     * The operating system's id of this thread.
     *
     * @return -1 where the platform gives none, or before the thread has begun
     */
    public long osThreadId() {
        return osThreadId;
    }

    /**
     * The operating system's id of the thread that the caller runs on: on Linux, where {@code /proc/thread-self} leads.
     *
     * @return -1 where the platform gives none
     */
    public static long currentOsThreadId() {
        try {
            String resolved = new File("/proc/thread-self").getCanonicalPath();
            int task = resolved.lastIndexOf("/task/");
            return task < 0 ? -1 : Long.parseLong(resolved.substring(task + "/task/".length()));
        } catch (Throwable unable) {   // diagnostics only
            return -1;
        }
    }
}
