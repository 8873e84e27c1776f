// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that this JVM was started with, where the system shows them as a file and leaves no doubt. The JVM can be
 * asked for them instead, but that takes it some milliseconds; see {@link AgentJar}.
 */
final class LaunchOptions {
    private static final char END = '\0';

    private LaunchOptions() {
    }

    /**
     * Reads them.
     *
     * @return the first ones in their order, none for want of certainty; there may be more behind them, but not before
     */
    static String[] shown() {
        String environment = read("environ");
        return environment.isEmpty() ? new String[0] : parse(read("cmdline"), environment);
    }

    /**
     * Tells whether an option may have a text in it, wherever the option comes from. An argument of the application, or
     * an environment variable, that has it makes the answer true as well.
     *
     * @param text not null
     * @return false only if all options are shown, and none has it
     */
    static boolean mayHave(String text) {
        return mayHave(text, read("cmdline"), read("environ"));
    }

    static boolean mayHave(String text, String command, String environment) {
        String all = command + END + environment;
        return environment.isEmpty() || !isJava(command) || all.contains(text) || all.contains("-XX:Flags")
            || all.contains("VMOptionsFile") || command.contains(END + "@") || has(environment, "JDK_JAVA_OPTIONS=");
    }

    private static String read(String file) {
        return new String(ProcessFile.read(file), StandardCharsets.ISO_8859_1);
    }

    /**
     * Goes through the command up to the first argument that may be something else than an option in one word.
     *
     * @param command executable and arguments, each ended by a zero character
     * @param environment variables, each ended by a zero character
     */
    static String[] parse(String command, String environment) {
        int at = command.indexOf(END) + 1;
        if (!isJava(command) || addsOptions(environment)) {
            return new String[0];
        }
        List<String> options = new ArrayList<>();
        for (int end = command.indexOf(END, at); end >= 0; end = command.indexOf(END, at)) {
            String argument = command.substring(at, end);
            if (!isOption(argument)) {
                break;
            }
            options.add(argument);
            at = end + 1;
        }
        return options.toArray(new String[0]);
    }

    private static boolean isJava(String command) {
        int end = command.indexOf(END);
        return end >= 0 && new File(command.substring(0, end)).getName().equals("java");
    }

    /** In front of those of the command. */
    private static boolean addsOptions(String environment) {
        return has(environment, "JAVA_TOOL_OPTIONS=") || has(environment, "JDK_JAVA_OPTIONS=");
    }

    private static boolean has(String environment, String variable) {
        return environment.startsWith(variable) || environment.contains(END + variable);
    }

    private static boolean isOption(String argument) {
        if (!argument.startsWith("-") || argument.startsWith("-XX:VMOptionsFile") || !isAscii(argument)) {
            return false;
        }
        return argument.startsWith("--") ? argument.indexOf('=') >= 0 : !isFollowed(argument);
    }

    /** By a value of its own, or by the application's arguments. */
    private static boolean isFollowed(String option) {
        return switch (option) {
            case "-cp", "-classpath", "-p", "-m", "-jar" -> true;
            default -> false;
        };
    }

    /** Other characters may be in any encoding. */
    private static boolean isAscii(String argument) {
        for (int i = 0; i < argument.length(); i++) {
            if (argument.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
