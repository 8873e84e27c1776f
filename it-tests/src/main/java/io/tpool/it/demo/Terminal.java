// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

import java.io.Console;
import java.io.PrintStream;

/** Where the picture is drawn: it may lack colours, and characters beyond ASCII. */
final class Terminal {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_BLOCKS = "_.-=+*%#";

    private final PrintStream out;
    private final boolean colour;
    private final boolean blocks;

    Terminal(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
        blocks = out.charset().newEncoder().canEncode(BLOCKS);
    }

    /** Standard output; in colour where a person looks at it and has not asked for none. */
    static Terminal standard() {
        return new Terminal(System.out, isTerminal() && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM")));
    }

    Terminal print(String text) {
        out.print(text);
        out.flush();
        return this;
    }

    Terminal good(String text) {
        return coloured("32", text);
    }

    Terminal bad(String text) {
        return coloured("31", text);
    }

    Terminal bold(String text) {
        return coloured("1", text);
    }

    /** One of eight columns of growing height. */
    String column(int level) {
        return String.valueOf((blocks ? BLOCKS : ASCII_BLOCKS).charAt(level));
    }

    int columns() {
        return BLOCKS.length();
    }

    /** A bar; something can be seen of every value that is not 0. */
    String bar(double share, int width) {
        int length = (int) Math.round(share * width);
        String full = blocks ? "█" : "#";
        return length > 0 ? full.repeat(length) : share > 0 ? (blocks ? "▏" : "|") : "";
    }

    private Terminal coloured(String code, String text) {
        return print(colour && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text);
    }

    /** From JDK 22 on there may be a console that is no terminal, and it says so itself. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
