// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import io.tpool.internal.offload.Mode;

/**
 * A pattern, what is to be done with the methods that it names, and what has become of it. Thread-safe.
 *
 * @since 1.0
 */
public final class ListedPattern {
    private final MethodPattern pattern;
    private final String pool;
    private final Mode mode;
    private final String source;
    private final PatternReport report;

    /**
     * Lists a pattern.
     *
     * @param pattern the pattern
     * @param pool name of the pool for its methods
     * @param mode how their calls are kept off the carrier
     * @param source where the pattern was found, for people: {@code /etc/app/agent.properties:3}
     */
    public ListedPattern(MethodPattern pattern, String pool, Mode mode, String source) {
        this.pattern = pattern;
        this.pool = pool;
        this.mode = mode;
        this.source = source;
        this.report = new PatternReport(pattern);
    }

    /** Gives the pattern. */
    public MethodPattern pattern() {
        return pattern;
    }

    /**
     * Gives the pool.
     *
     * @return its name, {@code default} for the default pool
     */
    public String pool() {
        return pool;
    }

    /** Gives the mode that was configured. */
    public Mode mode() {
        return mode;
    }

    /**
     * Tells where the pattern was found.
     *
     * @return for people
     */
    public String source() {
        return source;
    }

    /**
     * Gives what has become of the pattern so far.
     *
     * @return the report, which the weaver writes
     */
    public PatternReport report() {
        return report;
    }

    @Override
    public String toString() {
        return pattern.toString();
    }
}
