package io.tpool.management;

/**
 * A woven method and its figures, of all class loaders that have woven it. Percentiles are within 3.2 % of the exact value.
 *
 * @since 1.0
 */
public final class MethodRow {
    private final String method;
    private final String pool;
    private final String mode;
    private final long offloaded;
    private final long inPlace;
    private final long pinned;
    private final long failed;
    private final long waitP50Micros;
    private final long waitP99Micros;
    private final long runP50Micros;
    private final long runP99Micros;
    private final long runMaxMicros;

    MethodRow(String method, String pool, String mode, long offloaded, long inPlace, long pinned, long failed, long waitP50Micros, long waitP99Micros, long runP50Micros, long runP99Micros, long runMaxMicros) {
        this.method = method;
        this.pool = pool;
        this.mode = mode;
        this.offloaded = offloaded;
        this.inPlace = inPlace;
        this.pinned = pinned;
        this.failed = failed;
        this.waitP50Micros = waitP50Micros;
        this.waitP99Micros = waitP99Micros;
        this.runP50Micros = runP50Micros;
        this.runP99Micros = runP99Micros;
        this.runMaxMicros = runMaxMicros;
    }

    /**
     * The method.
     *
     * @return {@code com.acme.Type#method(int, java.lang.String)}
     */
    public String getMethod() {
        return method;
    }

    /**
     * Where its calls run.
     *
     * @return name of a pool
     */
    public String getPool() {
        return pool;
    }

    /**
     * How its calls are kept off the carrier.
     *
     * @return {@code tpool} or {@code handoff}
     */
    public String getMode() {
        return mode;
    }

    /**
     * Calls that ran on a pool thread.
     *
     * @return 0 or more
     */
    public long getOffloaded() {
        return offloaded;
    }

    /**
     * Calls by virtual threads that ran on their carrier because the pool was saturated, or because the caller held the monitor that a handed off method needs.
     *
     * @return 0 or more
     */
    public long getInPlace() {
        return inPlace;
    }

    /**
     * Calls that could not leave the carrier because of a native frame, a class initialiser or, before JDK 24, a held monitor.
     *
     * @return 0 or more
     */
    public long getPinned() {
        return pinned;
    }

    /**
     * Calls that ended with an exception: the method threw it, or the pool was saturated and rejected the call.
     *
     * @return 0 or more
     */
    public long getFailed() {
        return failed;
    }

    /**
     * Half of the offloaded calls waited no longer for a pool thread.
     *
     * @return microseconds
     */
    public long getWaitP50Micros() {
        return waitP50Micros;
    }

    /**
     * 99 of 100 offloaded calls waited no longer for a pool thread.
     *
     * @return microseconds
     */
    public long getWaitP99Micros() {
        return waitP99Micros;
    }

    /**
     * Half of the offloaded calls ran no longer.
     *
     * @return microseconds
     */
    public long getRunP50Micros() {
        return runP50Micros;
    }

    /**
     * 99 of 100 offloaded calls ran no longer.
     *
     * @return microseconds
     */
    public long getRunP99Micros() {
        return runP99Micros;
    }

    /**
     * The longest run of an offloaded call.
     *
     * @return microseconds
     */
    public long getRunMaxMicros() {
        return runMaxMicros;
    }
}
