// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Descriptors;
import java.io.PrintStream;

/** Colours and characters that where we write to can show. */
final class AnsiStyle {
    private static final String RESET = "\u001b[0m";

    private final boolean colours;
    private final boolean unicode;

    AnsiStyle(boolean colours, boolean unicode) {
        this.colours = colours;
        this.unicode = unicode;
    }

    /** For standard output: colours on a terminal, unless NO_COLOR asks for none; characters that its charset has. */
    static AnsiStyle of(PrintStream out) {
        String none = System.getenv("NO_COLOR");
        boolean wanted = (none == null || none.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new AnsiStyle(wanted && out == System.out && isTerminal(), out.charset().newEncoder().canEncode("µ▁█…"));
    }

    /** Tells whether standard output is a terminal. */
    static boolean isTerminal() {
        return Descriptors.isTerminal(1);
    }

    boolean unicode() {
        return unicode;
    }

    String strong(String text) {
        return in("\u001b[1m", text);
    }

    String faint(String text) {
        return in("\u001b[2m", text);
    }

    String good(String text) {
        return in("\u001b[32m", text);
    }

    String bad(String text) {
        return in("\u001b[1;31m", text);
    }

    String warning(String text) {
        return in("\u001b[33m", text);
    }

    String reverse(String text) {
        return in("\u001b[7m", text);
    }

    private String in(String colour, String text) {
        return colours ? colour + text + RESET : text;
    }

    /** A text cut to so many columns, in the middle of it: both ends of a method's name tell something. */
    String fit(String text, int columns) {
        if (text.length() <= columns) {
            return text;
        }
        String dots = unicode ? "…" : "~";
        if (columns <= 1) {
            return columns == 1 ? dots : "";
        }
        int left = (columns - 1) / 3;
        return text.substring(0, left) + dots + text.substring(text.length() - (columns - 1 - left));
    }
}
