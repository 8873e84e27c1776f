package io.tpool.offload;

import io.tpool.pool.Pool;

/**
 * A woven method. Holds strings only, so that it keeps no class alive.
 *
 * @since 1.0
 */
public final class ListedMethod {
    private final String name;
    private final Pool pool;
    private final Mode mode;
    private volatile Counts counts = new Counts();
    /** A hint, so a plain field will do. */
    private boolean suspectPinned;

    ListedMethod(String name, Pool pool, Mode mode) {
        this.name = name;
        this.pool = pool;
        this.mode = mode;
    }

    /**
     * For people: {@code com.acme.Type#method(int, java.lang.String)}.
     *
     * @return never null
     */
    public String name() {
        return name;
    }

    /**
     * Where its calls run.
     *
     * @return never null
     */
    public Pool pool() {
        return pool;
    }

    /**
     * How its calls are kept off the carrier.
     *
     * @return never null
     */
    public Mode mode() {
        return mode;
    }

    /** True if the last call could not leave its carrier. */
    boolean suspectPinned() {
        return suspectPinned;
    }

    void suspectPinned(boolean pinned) {
        if (suspectPinned != pinned) {
            suspectPinned = pinned;
        }
    }

    Counts counts() {
        return counts;
    }

    /** Starts counting anew; calls in flight are counted where they end. */
    void reset() {
        counts = new Counts();
    }

    /**
     * What has been counted.
     *
     * @return a copy; each number is exact, but calls may have ended between one and the next
     */
    public Figures figures() {
        return Figures.of(counts);
    }
}
