// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The findings of {@code discover --json}. */
record Discovered(List<Method> methods, List<String> list, double capturedMillis, String json) {
    private static final Pattern METHOD =
        Pattern.compile("\\{\"method\":\"([^\"]*)\",\"how\":\"([^\"]*)\",\"capturedMillis\":([0-9.]+),"
        + ".*?\"list\":(null|\"[^\"]*\"),\"reason\":\"([^\"]*)\"\\}");
    private static final Pattern LIST = Pattern.compile("\"list\":\\[([^\\]]*)\\],\"timeLine\"");
    private static final Pattern CAPTURED = Pattern.compile("\"capturedMillis\":([0-9.]+)");

    /** One method; {@code line} is null if it is not to be listed. */
    record Method(String name, String how, double millis, String line, String reason) {
        /** A class is initialised or loaded once, and no line can help that. */
        boolean happensOnce() {
            return reason.contains("happens once");
        }
    }

    static Discovered of(Run run) {
        String json = run.successful().out();
        List<Method> methods = new ArrayList<>();
        for (Matcher matcher = METHOD.matcher(json); matcher.find();) {
            String line = matcher.group(4).equals("null") ? null : matcher.group(4).replace("\"", "");
            methods.add(new Method(matcher.group(1), matcher.group(2), Double.parseDouble(matcher.group(3)), line,
                matcher.group(5)));
        }
        Matcher list = LIST.matcher(json);
        Matcher captured = CAPTURED.matcher(json);
        assertTrue(list.find() && captured.find(), run::toString);
        List<String> lines = list.group(1).isEmpty() ? List.of() : List.of(list.group(1).replace("\"", "").split(","));
        return new Discovered(methods, lines, Double.parseDouble(captured.group(1)), json);
    }

    /** Asserts that nearly all of the time that was captured, and at least so much, belongs to lines that match. */
    Discovered attributesTo(String lines, double leastMillis) {
        double right = 0;
        double all = 0;
        for (Method method : methods) {
            if (!method.happensOnce()) {
                all += method.millis;
                right += method.line != null && method.line.matches(lines) ? method.millis : 0;
            }
        }
        double share = right / all;
        double found = right;
        assertTrue(share >= 0.95 && found >= leastMillis, () -> share + " of the time, " + found + " ms, in "
            + methods);
        return this;
    }
}
