package io.tpool.pool;

/**
 * What waits for a pool thread and is carried out by one.
 *
 * <p>The pool calls {@link #carry} at most once for each time that the work was submitted. Instead of it, the pool's watch may
 * take waiting work out of the queue by {@link #release}; the two may be called at the same time, and the work sees to it that
 * only one has an effect.
 *
 * @since 1.0
 */
public abstract class PoolTask {
    /** For subclasses. */
    protected PoolTask() {
    }

    /**
     * Carries the work out.
     *
     * @param thread the calling pool thread
     * @throws Throwable whatever; the pool thread survives it
     */
    protected abstract void carry(PoolThread thread) throws Throwable;

    /**
     * Lets waiting work go that no pool thread will come for.
     *
     * @param how {@link Saturation#INPLACE}: let it run where it came from; or {@link Saturation#REJECT}
     * @return false if a pool thread has it already, or if it can do nothing but wait
     */
    protected abstract boolean release(Saturation how);

    /**
     * Tells whether it is over and done with, for its caller at least: the pool thread may have a few instructions left to do.
     *
     * @return false before
     */
    public boolean ended() {
        return false;
    }

    /**
     * The thread whose call this is.
     *
     * @return null if there is none, or none any more
     */
    public Thread caller() {
        return null;
    }

    /**
     * When it began to run on a pool thread.
     *
     * @return as {@link System#nanoTime}; 0 before
     */
    public abstract long begunAt();

    /**
     * Names what is being called, for people.
     *
     * @return a listed method, or a word for the kind of work; never null
     */
    public abstract String description();
}
