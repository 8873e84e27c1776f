// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

/**
 * Where a value comes from.
 *
 * @param kind which of the sources
 * @param text for people: {@code /etc/app/agent.properties:12}, {@code environment variable TPOOL_POOL_SIZE}
 *
 * @since 1.0
 */
public record Source(Kind kind, String text) {
    static final Source DEFAULT = new Source(Kind.DEFAULT, "default");
    static final Source ARGUMENT = new Source(Kind.ARGUMENT, "agent argument");

    /** A file that is named on the command line. */
    static final Source COMMAND_LINE = new Source(Kind.ARGUMENT, "command line");

    /** The sources, strongest first. */
    public enum Kind {
        /** The text after {@code -javaagent:tpool-agent.jar=}. */
        ARGUMENT,
        /** A system property {@code tpool.KEY}. */
        PROPERTY,
        /** An environment variable {@code TPOOL_KEY}. */
        ENVIRONMENT,
        /** A line of the file. */
        FILE,
        /** None of them. */
        DEFAULT
    }

    static Source property(String key) {
        return new Source(Kind.PROPERTY, "system property ".concat(Keys.PROPERTY_PREFIX).concat(key));
    }

    static Source environment(String variable) {
        return new Source(Kind.ENVIRONMENT, "environment variable ".concat(variable));
    }

    static Source line(String file, int line) {
        return new Source(Kind.FILE, file.concat(":").concat(Integer.toString(line)));
    }

    @Override
    public String toString() {
        return text;
    }
}
