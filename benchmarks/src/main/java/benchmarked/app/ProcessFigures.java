// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this process has used.
 *
 * @param cpuNanos CPU time, user and system
 * @param switches context switches, voluntary and not, of the threads that live; 0 where the system does not tell
 * @param watchingNanos CPU time of the threads that live and watch the application: the flight recorder's and the
 *     agent's own; 0 where the
 *     system does not tell
 * @param guardNanos CPU time of the agent's guard; 0 where the system does not tell
 * @since 1.0
 */
public record ProcessFigures(long cpuNanos, long switches, long watchingNanos, long guardNanos) {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * Reads them.
     *
     * @return as of now
     */
    public static ProcessFigures now() {
        return new ProcessFigures(SYSTEM.getProcessCpuTime(), contextSwitches(),
            nanosOf(List.of("JFR ", "tpool-discover", "tpool-agent")), nanosOf(List.of("tpool-guard")));
    }

    /**
     * What has been used since.
     *
     * @param earlier read before this
     * @return the difference
     */
    public ProcessFigures minus(ProcessFigures earlier) {
        return new ProcessFigures(cpuNanos - earlier.cpuNanos, switches - earlier.switches,
            watchingNanos - earlier.watchingNanos, guardNanos - earlier.guardNanos);
    }

    private static long contextSwitches() {
        return ofThreads(task ->
            sum(task.resolve("status"), "voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"));
    }

    /**
     * CPU time of threads of these names.
     *
     * @param names beginnings, of at most 15 characters, as the system knows no more of them
     * @return of the threads that live; 0 where the system does not tell
     */
    static long nanosOf(List<String> names) {
        return ofThreads(task -> {
            String name = Files.readString(task.resolve("comm"));
            boolean counts = names.stream().anyMatch(name::startsWith);
            return counts ? Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]) : 0;
        });
    }

    private interface Figure {
        long of(Path task) throws IOException;
    }

    private static long ofThreads(Figure figure) {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sum += ofThread(task, figure);
            }
        } catch (IOException e) {
            return 0;
        }
        return sum;
    }

    private static long ofThread(Path task, Figure figure) {
        try {
            return figure.of(task);
        } catch (IOException ended) {
            return 0;
        }
    }

    /**
     * Adds up numbers of a status file of Linux.
     *
     * @param file such as {@code /proc/self/status}
     * @param keys beginnings of lines
     * @return in the file's units
     * @throws IOException if the file cannot be read
     */
    static long sum(Path file, String... keys) throws IOException {
        long sum = 0;
        for (String line : Files.readAllLines(file)) {
            for (String key : keys) {
                if (line.startsWith(key)) {
                    sum += Long.parseLong(line.substring(key.length()).replace("kB", "").strip());
                }
            }
        }
        return sum;
    }
}
