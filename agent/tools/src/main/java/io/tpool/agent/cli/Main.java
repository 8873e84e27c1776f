// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import io.tpool.agent.message.Version;
import io.tpool.agent.discover.DiscoverCommand;
import java.io.PrintStream;
import java.util.List;

/**
 * The command line.
 *
 * @since 1.0
 */
public final class Main {
    private static final String CALL = "java -jar tpool-agent.jar ";
    private static final List<Command> COMMANDS =
        List.of(new Check(), new Attach(), new Stats(), new Top(), new Threads(), new DiscoverCommand());

    private Main() {
    }

    /**
     * Runs a command.
     *
     * @param arguments its name and what it takes
     * @return exit status
     */
    public static int run(String[] arguments) {
        return run(List.of(arguments), System.out, System.err);
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String first = arguments.isEmpty() ? "--help" : arguments.get(0);
        switch (first) {
            case "-h", "--help", "help" -> {
                if (arguments.size() < 2) {
                    out.println(overview());
                    return Command.OK;
                }
                return help(arguments.get(1), out, err);
            }
            case "-V", "--version", "version" -> {
                out.println("tpool " + Version.current());
                return Command.OK;
            }
            default -> {
                return call(first, arguments.subList(1, arguments.size()), out, err);
            }
        }
    }

    private static int call(String name, List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("-h") || arguments.contains("--help")) {
            return help(name, out, err);
        }
        Command command = find(name);
        return command == null ? unknown(name, err) : command.run(arguments, out, err);
    }

    private static int help(String name, PrintStream out, PrintStream err) {
        Command command = find(name);
        if (command == null) {
            return unknown(name, err);
        }
        out.println("Usage: " + CALL + command.name() + " " + command.arguments());
        out.println();
        out.println(command.help());
        return Command.OK;
    }

    private static int unknown(String name, PrintStream err) {
        err.println("tpool: unknown command '" + name + "'; " + CALL + "--help lists the commands");
        return Command.USAGE;
    }

    private static Command find(String name) {
        for (Command command : COMMANDS) {
            if (command.name().equals(name)) {
                return command;
            }
        }
        return null;
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("tpool ").append(Version.current()).append("""
            : keeps blocking calls off the carriers of virtual threads, without a change to the application.

            Attach it to an application:
              java -javaagent:tpool-agent.jar -jar app.jar      (settings: agent.properties in the working directory)

            Commands:
            """);
        for (Command command : COMMANDS) {
            String usage = command.name() + " " + command.arguments();
            text.append("  ").append(usage).append(" ".repeat(Math.max(2, 36 - usage.length())))
                .append(command.summary()).append('\n');
        }
        return text.append("""
              COMMAND --help                      explains a command
              --version                           the version

            Exit status: 0 done, 1 not done or a problem found, 2 wrong usage.""").toString();
    }
}
