// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the agent's argument apart: a comma starts a new setting only where {@code key=} follows it.
 *
 * @since 1.0
 */
public final class AgentArgument {
    private AgentArgument() {
    }

    /**
     * Splits it.
     *
     * @param argument not null
     * @return {@code key=value} texts in their order; one without {@code =} can only be the first
     */
    public static List<String> split(String argument) {
        List<String> settings = new ArrayList<>();
        int start = 0;
        for (int comma = argument.indexOf(','); comma >= 0; comma = argument.indexOf(',', comma + 1)) {
            if (isKeyAt(argument, comma + 1)) {
                add(settings, argument.substring(start, comma));
                start = comma + 1;
            }
        }
        add(settings, argument.substring(start));
        return settings;
    }

    private static void add(List<String> settings, String text) {
        String setting = text.strip();
        while (setting.endsWith(",")) {
            setting = setting.substring(0, setting.length() - 1).stripTrailing();
        }
        if (!setting.isEmpty()) {
            settings.add(setting);
        }
    }

    private static boolean isKeyAt(String argument, int from) {
        int at = from;
        while (at < argument.length() && argument.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        while (at < argument.length() && isKeyPart(argument.charAt(at))) {
            at++;
        }
        return at > start && at < argument.length() && argument.charAt(at) == '=';
    }

    private static boolean isKeyPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }
}
