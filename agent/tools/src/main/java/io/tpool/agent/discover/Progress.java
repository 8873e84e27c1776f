// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.io.PrintStream;
import java.time.Duration;

/** Shows how far the watching is: a bar on a terminal, one line elsewhere. */
final class Progress {

    private static final int WIDTH = 30;

    private final PrintStream err;
    private final boolean terminal;
    private boolean shown;

    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    void show(Duration passed, Duration of) {
        if (terminal) {
            int full = (int) (WIDTH * passed.toMillis() / Math.max(1, of.toMillis()));
            err.print("\rwatching [" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + passed.toSeconds() + " of "
                + of.toSeconds() + " s  Ctrl-C ends early ");
            err.flush();
        } else if (!shown) {
            err.println("watching for " + of.toSeconds() + " s");
        }
        shown = true;
    }

    void end() {
        if (terminal && shown) {
            err.print("\r" + " ".repeat(WIDTH + 50) + "\r");
            err.flush();
        }
    }
}
