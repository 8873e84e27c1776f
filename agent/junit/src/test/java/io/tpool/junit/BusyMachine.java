// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two processes for each processor that compute until {@link #end}. */
final class BusyMachine {
    private final List<Process> processes = new ArrayList<>();

    BusyMachine() throws IOException {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            processes.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
    }

    void end() {
        processes.forEach(Process::destroyForcibly);
    }
}
