// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import java.io.PrintStream;
import java.util.List;

/**
 * A command of {@code java -jar tpool-agent.jar}.
 *
 * @since 1.0
 */
public interface Command {
    /** Exit status: all is well. */
    int OK = 0;
    /** Exit status: the command could not do what it was asked for, or found a problem; it has said so. */
    int FAILED = 1;
    /** Exit status: the command line makes no sense; the command has said so. */
    int USAGE = 2;

    /**
     * Gives the word that calls it.
     *
     * @return lower case
     */
    String name();

    /**
     * Gives its arguments.
     *
     * @return for people, {@code PID [key=value,...]}
     */
    String arguments();

    /**
     * Says what it does.
     *
     * @return a few words for the list of commands
     */
    String summary();

    /**
     * Explains it.
     *
     * @return lines for {@code --help} that follow its usage, without a line break at the end
     */
    String help();

    /**
     * Runs it.
     *
     * @param arguments what follows its name
     * @param out for what was asked for
     * @param err for what went wrong, each one line
     * @return exit status
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);
}
