package io.tpool.management;

/**
 * A pattern of the configuration and what became of it.
 *
 * @since 1.0
 */
public final class PatternRow {
    private final String pattern;
    private final String pool;
    private final int methods;
    private final String problem;

    /**
     * A row.
     *
     * @param pattern as configured
     * @param pool empty for {@code exclude}
     * @param methods woven on behalf of it
     * @param problem one line, empty if there is none
     */
    public PatternRow(String pattern, String pool, int methods, String problem) {
        this.pattern = pattern;
        this.pool = pool;
        this.methods = methods;
        this.problem = problem;
    }

    /**
     * The pattern.
     *
     * @return as configured
     */
    public String getPattern() {
        return pattern;
    }

    /**
     * The pool it lists methods for.
     *
     * @return empty for {@code exclude}
     */
    public String getPool() {
        return pool;
    }

    /**
     * Methods woven on behalf of it.
     *
     * @return 0 or more
     */
    public int getMethods() {
        return methods;
    }

    /**
     * What is wrong with it.
     *
     * @return one line, empty if nothing is
     */
    public String getProblem() {
        return problem;
    }
}
