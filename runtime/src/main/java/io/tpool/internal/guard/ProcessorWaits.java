// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How long carriers have waited for a processor, as Linux counts it for each thread in
 * {@code /proc/self/task/ID/schedstat}: nanoseconds on a processor, nanoseconds in the queue for one. The time of a
 * wait that goes on is added at its end.
 *
 * <p>Java does not tell which thread of the system a carrier is. But Java and Linux tell the CPU time of a thread that
 * does not run to the nanosecond: the thread with the carrier's is the carrier. For a carrier that runs it is the only
 * thread of that name whose time is about the carrier's. What was found once holds for the carrier's life.
 *
 * <p>Confined to the thread that names.
 */
final class ProcessorWaits {
    static final long UNKNOWN = TaskFile.NONE;

    private static final int LONGEST_NAME = 15;
    private static final long LONGEST_TICK_NANOS = 12_000_000;
    private static final int MOST_KNOWN = 4096;

    private final Map<Long, String> known = new HashMap<>();
    private final boolean counted = TaskFile.areNanosCounted();

    /** False where the system does not count it for any thread. */
    boolean areCounted() {
        return counted;
    }

    /** Nanoseconds that the carrier has waited so far, {@link #UNKNOWN} if that cannot be told. */
    long of(Thread carrier) {
        String id = counted ? idOf(carrier) : null;
        return id == null ? UNKNOWN : TaskFile.nanos(id, TaskFile.WAITED);
    }

    /** True if the carrier is known to sleep: it neither runs nor waits for a processor. */
    boolean sleeps(Thread carrier) {
        String id = counted ? idOf(carrier) : null;
        if (id == null) {
            return false;
        }
        try (TaskFile stat = TaskFile.of(id, "stat")) {
            stat.read();
            return stat.state() == RunState.SLEEPING;
        } catch (IOException ended) {
            return false;
        }
    }

    private String idOf(Thread carrier) {
        String id = known.get(carrier.threadId());
        if (id == null) {
            id = search(carrier);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            if (id != null) {
                known.put(carrier.threadId(), id);
            }
        }
        return id;
    }

    /** Null if more than one thread may be it. */
    private String search(Thread carrier) {
        String[] tasks = new File(TaskFile.TASKS).list();
        long before = CpuTimes.of(carrier);
        if (tasks == null || before <= 0) {
            return null;
        }
        String name = carrier.getName().substring(0, Math.min(LONGEST_NAME, carrier.getName().length()));
        String found = null;
        int count = 0;
        for (String task : tasks) {
            long used = TaskFile.nanos(task, TaskFile.USED);
            if (used == before && CpuTimes.of(carrier) == before) {
                return task;
            }
            // That of a thread that runs is brought up to date at a tick of the system.
            if (used >= before - LONGEST_TICK_NANOS && used <= CpuTimes.of(carrier)
                    && name(task).equals(name)) {
                found = task;
                count++;
            }
        }
        return count == 1 ? found : null;
    }

    /** Empty if the thread has ended. */
    private static String name(String task) {
        try (TaskFile file = TaskFile.of(task, "comm")) {
            file.read();
            return file.text();
        } catch (IOException ended) {
            return "";
        }
    }
}
