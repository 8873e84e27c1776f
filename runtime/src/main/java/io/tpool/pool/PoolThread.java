package io.tpool.pool;

import io.tpool.jdk.VirtualThreads;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A thread of a pool: a platform thread, daemon, that survives any Throwable of what it carries out.
 *
 * @since 1.0
 */
public final class PoolThread extends Thread {
    private static final ThreadGroup GROUP = group();
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(PoolThread.class, "current", Work.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Pool pool;
    private final int number;
    private final int generation;
    /** Whether this is the thread that searches; for {@link Pool}, on this thread. */
    boolean searches;

    /** For observers, who may be a step behind; written by this thread alone. */
    private Work current;
    private volatile long osThreadId = -1;

    PoolThread(Pool pool, int number, int generation, boolean searches) {
        super(GROUP, null, "tpool-" + pool.name() + "-" + number, pool.stackSize(), false);
        this.pool = pool;
        this.number = number;
        this.generation = generation;
        this.searches = searches;
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
        VirtualThreads.forgetInheritedAccess(this);
    }

    /** The topmost group, so that the pool does not keep the group of whichever thread called first. */
    private static ThreadGroup group() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    @Override
    public void run() {
        try {
            osThreadId = currentOsThreadId();
            for (Work work = pool.next(this); work != null; work = pool.next(this)) {
                carry(work);
            }
        } finally {
            pool.ended(this);
        }
    }

    private void carry(Work work) {
        CURRENT.setRelease(this, work);
        try {
            work.carry(this);
        } catch (Throwable e) {
            pool.countThrown();
        } finally {
            CURRENT.setRelease(this, (Work) null);
        }
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
    public Work current() {
        return (Work) CURRENT.getAcquire(this);
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
        } catch (IOException | NumberFormatException | SecurityException e) {
            return -1;
        }
    }
}
