// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out of a JVM. */
record Run(String command, int exit, String out, String err) {
    /** Asserts that it ended well and said nothing on standard error. */
    Run clean() {
        assertEquals("0 ", exit + " " + err, this::toString);
        return this;
    }

    /** Asserts that it ended well. */
    Run successful() {
        assertEquals(0, exit, this::toString);
        return this;
    }

    /** The {@code key=value} lines, in order; several values of one key stand in one, separated by line ends. */
    Map<String, String> results() {
        Map<String, String> results = new LinkedHashMap<>();
        for (String line : out.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                results.merge(line.substring(0, equals), line.substring(equals + 1), (a, b) -> a + "\n" + b);
            }
        }
        return results;
    }

    /** The value of a key that the application has to print. */
    String value(String key) {
        String value = results().get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " in what came out of " + this);
        }
        return value;
    }

    double number(String key) {
        return Double.parseDouble(value(key));
    }

    List<String> errorLines() {
        return err.lines().toList();
    }

    @Override
    public String toString() {
        return command + "\nexit status " + exit + "\nstandard output:\n" + out + "standard error:\n" + err;
    }
}
