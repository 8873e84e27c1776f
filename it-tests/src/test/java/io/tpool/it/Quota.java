// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A limit to the processor time of a process that runs: a control group where this process may make one, else one
 * processor of all.
 */
final class Quota {
    private static final String HALF_MICROS = "50000";
    private static final List<Path> ROOTS = List.of(Path.of("/sys/fs/cgroup/cpu"), Path.of("/sys/fs/cgroup"));

    /** Null if there is no control group. */
    private final Path group;

    private Quota(Path group) {
        this.group = group;
    }

    static Quota ofHalfAProcessor() {
        for (Path root : ROOTS) {
            Path group = root.resolve("tpool-it-" + ProcessHandle.current().pid());
            try {
                Files.createDirectory(group);
                if (Files.exists(group.resolve("cpu.cfs_quota_us"))) {
                    Files.writeString(group.resolve("cpu.cfs_quota_us"), HALF_MICROS);
                    return new Quota(group);
                }
                if (Files.exists(group.resolve("cpu.max"))) {
                    Files.writeString(group.resolve("cpu.max"), HALF_MICROS + " 100000");
                    return new Quota(group);
                }
                Files.delete(group);
            } catch (IOException notAllowed) {
                // The next root, or one processor.
            }
        }
        return new Quota(null);
    }

    void limit(String pid) throws IOException, InterruptedException {
        if (group != null) {
            Files.writeString(group.resolve("cgroup.procs"), pid);
        } else if (new ProcessBuilder("taskset", "-apc", "0", pid).inheritIO().start().waitFor() != 0) {
            throw new IOException("taskset failed");
        }
    }

    /** All processes in it must have ended, or be about to. */
    void remove() throws Exception {
        if (group != null) {
            Await.until("the control group is empty", () -> Files.readString(group.resolve("cgroup.procs")).isEmpty());
            Files.delete(group);
        }
    }
}
