package io.tpool.management;

/**
 * A pool thread and what it carries.
 *
 * @since 1.0
 */
public final class PoolThreadRow {
    private final String name;
    private final long osThreadId;
    private final String method;
    private final long threadId;
    private final String threadName;
    private final boolean virtual;
    private final long runningMicros;

    PoolThreadRow(String name, long osThreadId, String method, long threadId, String threadName, boolean virtual, long runningMicros) {
        this.name = name;
        this.osThreadId = osThreadId;
        this.method = method;
        this.threadId = threadId;
        this.threadName = threadName;
        this.virtual = virtual;
        this.runningMicros = runningMicros;
    }

    /**
     * The pool thread's name.
     *
     * @return {@code tpool-NAME-N}
     */
    public String getName() {
        return name;
    }

    /**
     * The operating system's id of the pool thread.
     *
     * @return -1 where the platform gives none
     */
    public long getOsThreadId() {
        return osThreadId;
    }

    /**
     * The method that is being called.
     *
     * @return empty if the thread is idle
     */
    public String getMethod() {
        return method;
    }

    /**
     * The id of the thread whose call this is.
     *
     * @return 0 if there is none
     */
    public long getThreadId() {
        return threadId;
    }

    /**
     * The name of the thread whose call this is.
     *
     * @return empty if there is none, or if it has none
     */
    public String getThreadName() {
        return threadName;
    }

    /**
     * Whether the thread whose call this is is virtual.
     *
     * @return false if there is none
     */
    public boolean isVirtual() {
        return virtual;
    }

    /**
     * How long the call has been running.
     *
     * @return microseconds; 0 if the thread is idle
     */
    public long getRunningMicros() {
        return runningMicros;
    }
}
