// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.agent.boot.ProcessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables {@code TPOOL_*} of this process. {@link System#getenv} loads {@code java.lang.ProcessImpl}, whose
 * natives could not be woven after that, and seven classes more; so where the system shows the environment as a file,
 * it is read from there. That file is as it was when the process began: what a program that embeds the JVM sets later
 * is not in it, only in the JVM's own view.
 */
final class Environment {
    private Environment() {
    }

    static Map<String, String> ours() {
        byte[] block = ProcessFile.read("environ");
        return block.length > 0 ? parse(block) : System.getenv();
    }

    /**
     * @param block {@code NAME=value}, each ended by a zero byte; of a name that stands twice the first counts, as in
     * the JDK
     */
    static Map<String, String> parse(byte[] block) {
        Map<String, String> variables = new HashMap<>();
        int start = 0;
        while (start < block.length) {
            int end = start;
            while (end < block.length && block[end] != 0) {
                end++;
            }
            if (isOurs(block, start, end)) {
                String variable = new String(block, start, end - start, StandardCharsets.UTF_8);
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
            start = end + 1;
        }
        return variables;
    }

    private static boolean isOurs(byte[] block, int start, int end) {
        int length = Keys.ENVIRONMENT_PREFIX.length();
        if (end - start < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (block[start + i] != Keys.ENVIRONMENT_PREFIX.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
