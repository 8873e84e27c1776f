// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Tells a carrier that waits for a processor from one that sleeps, by the state that Linux has of each thread, in
 * {@code /proc/self/task/ID/stat}. Neither uses CPU time, so where more threads want a processor than there are,
 * CPU time cannot tell a computation from a blocking call, or only after a time in which each of them has had its turn.
 *
 * <p>Java does not tell which thread of the system a carrier is. But both tell the CPU time of a thread that does not
 * run to the nanosecond: the thread with the carrier's is the carrier. What was found holds for the carrier's life, and
 * its file stays open as long. To find it, a file is read for each thread of the process: not too often, and not where
 * there are more than {@value #MOST_TASKS}. Then that state is unknown.
 *
 * <p>Elsewhere than on Linux nothing is crowded and no state is known. Confined to the thread that looks; allocates
 * only to find a carrier.
 */
final class RunStates {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
    private static final long FRESH_NANOS = 1_000_000;
    /** The count is that of one moment. A machine that was crowded in one of the last looks may be so in the next. */
    private static final long CROWDED_NANOS = 20_000_000;
    private static final int RUNNING = 3;
    /** The thread that asks, and a compiler. */
    private static final int OWN = 2;
    private static final int MOST_FILES = 512;
    /** A list takes some 5 µs for each thread. */
    private static final int MOST_TASKS = 256;
    private static final long MANY_PAUSE_NANOS = 100_000_000;
    /** Lists may take a fiftieth of the time. */
    private static final int PAUSE = 49;
    private static final String[] NO_TASKS = {};

    private TaskFile load;
    private boolean missing;
    private int processors;
    private long readAt;
    private long crowdedAt;
    private boolean everCrowded;
    private TaskFile[] stat = new TaskFile[0];
    private int open;
    /** The CPU time of each thread, and when it was read. */
    private String[] tasks = NO_TASKS;
    private long[] used = new long[0];
    private long listedAt;
    private long listAt;

    /**
     * True if more threads of the machine want a processor than it has, now or a moment ago, and not only because of
     * those that carriers have mounted: among themselves, how many have used CPU time tells how long each has to wait.
     */
    boolean isCrowded(int mounted, long now) {
        if (missing || load != null && now - readAt < FRESH_NANOS) {
            return isCrowdedStill(now);
        }
        try {
            begin(now);
            load.read();
            readAt = now;
            if (load.number(RUNNING) > Math.max(processors, mounted + OWN)) {
                crowdedAt = now;
                everCrowded = true;
            }
        } catch (IOException | RuntimeException notTold) {
            missing = true;
        }
        return isCrowdedStill(now);
    }

    private boolean isCrowdedStill(long now) {
        return everCrowded && !missing && now - crowdedAt < CROWDED_NANOS;
    }

    private void begin(long now) throws IOException {
        if (load == null) {
            if (!TaskFile.areNanosCounted()) {
                throw new IOException("CPU time is not counted for each thread");
            }
            processors = count(Files.readString(ONLINE).strip());
            listAt = now;
            load = new TaskFile("/proc/loadavg");
        }
    }

    /** How many there are in a list of ranges, as in {@code 0-3,8}. */
    static int count(String ranges) {
        int count = 0;
        for (String range : ranges.split(",")) {
            int dash = range.indexOf('-');
            count += dash < 0 ? 1
                    : Integer.parseInt(range.substring(dash + 1)) - Integer.parseInt(range.substring(0, dash)) + 1;
        }
        return count;
    }

    /**
     * What a carrier does that uses no CPU time.
     *
     * @param slot the carrier's
     * @param cpuNanos its CPU time, read just now
     * @param now the time
     */
    RunState of(int slot, long cpuNanos, long now) {
        try {
            TaskFile file = slot < stat.length ? stat[slot] : null;
            if (file == null) {
                file = find(slot, cpuNanos, now);
            }
            if (file == null) {
                return RunState.UNKNOWN;
            }
            file.read();
            return file.state();
        } catch (IOException ended) {
            forget(slot);
            return RunState.UNKNOWN;
        } catch (RuntimeException notAllowed) {
            missing = true;
            return RunState.UNKNOWN;
        }
    }

    private TaskFile find(int slot, long cpuNanos, long now) throws IOException {
        String task = cpuNanos <= 0 || open >= MOST_FILES ? null : search(cpuNanos, now);
        if (task == null) {
            return null;
        }
        TaskFile file = TaskFile.of(task, "stat");
        if (slot >= stat.length) {
            stat = Arrays.copyOf(stat, slot + slot / 2 + 1);
        }
        stat[slot] = file;
        open++;
        return file;
    }

    /** The thread of this process that has used so much CPU time; null if none has, or more than one. */
    private String search(long cpuNanos, long now) {
        if (now != listedAt) {
            if (now - listAt < 0) {
                return null;
            }
            list(now);
        }
        String found = null;
        for (int i = 0; i < tasks.length; i++) {
            if (used[i] == cpuNanos) {
                if (found != null) {
                    return null;
                }
                found = tasks[i];
            }
        }
        return found;
    }

    /** Reads the CPU time of each thread of this process, for all carriers that are asked for in this look. */
    private void list(long now) {
        long began = System.nanoTime();
        listedAt = now;
        tasks = new File(TaskFile.TASKS).list();
        if (tasks == null || tasks.length > MOST_TASKS) {
            tasks = NO_TASKS;
            listAt = now + MANY_PAUSE_NANOS;
            return;
        }
        used = new long[tasks.length];
        for (int i = 0; i < tasks.length; i++) {
            used[i] = TaskFile.nanos(tasks[i], TaskFile.USED);
        }
        listAt = now + PAUSE * (System.nanoTime() - began);
    }

    /** Another carrier has the slot from now on, or none. */
    void forget(int slot) {
        if (slot < stat.length && stat[slot] != null) {
            try {
                stat[slot].close();
            } catch (IOException notClosed) {
                missing = true;   // nothing more is opened where files cannot be closed
            }
            stat[slot] = null;
            open--;
        }
    }
}
