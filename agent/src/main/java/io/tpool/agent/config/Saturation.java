package io.tpool.agent.config;

/**
 * What a call does that finds a pool at its greatest size and every thread busy.
 *
 * @since 1.0
 */
public enum Saturation {
    /** It waits for a thread. */
    WAIT,
    /** It runs where it is. */
    INPLACE,
    /** It fails with {@link java.util.concurrent.RejectedExecutionException}. */
    REJECT
}
