package io.tpool.internal.guard;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * How long carriers have waited for a processor, as Linux counts it for each thread in
 * {@code /proc/self/task/ID/schedstat}: nanoseconds on a processor, nanoseconds in the queue for one. The time of a
 * wait
 * that goes on is added at its end.
 *
 * <p>Java does not tell which thread of the system a carrier is. But Java and Linux tell the CPU time of a thread that
 * does not run to the nanosecond: the thread with the carrier's is the carrier. For a carrier that runs it is the only
 * thread of that name whose time is about the carrier's. What was found once holds for the carrier's life.
 *
 * <p>Confined to the thread that names.
 */
final class ProcessorWaits {
    static final long UNKNOWN = -1;

    private static final String TASKS = "/proc/self/task/";
    private static final int LONGEST_NAME = 15;
    private static final long LONGEST_TICK_NANOS = 12_000_000;
    private static final int MOST_KNOWN = 4096;
    private static final int LONGEST_FILE = 512;

    private final Map<Long, String> known = new HashMap<>();
    private final byte[] buffer = new byte[LONGEST_FILE];
    private final boolean counted = !line("/proc/thread-self/schedstat").isEmpty();

    /** False where the system does not count it for any thread. */
    boolean areCounted() {
        return counted;
    }

    /** Nanoseconds that the carrier has waited so far, {@link #UNKNOWN} if that cannot be told. */
    long of(Thread carrier) {
        return waited(counted ? idOf(carrier) : null);
    }

    private long waited(String id) {
        String[] figures = id == null ? new String[0] : line(TASKS + id + "/schedstat").split(" ");
        return figures.length < 2 ? UNKNOWN : Long.parseLong(figures[1]);
    }

    /** True if the carrier is known to sleep: it neither runs nor waits for a processor. */
    boolean sleeps(Thread carrier) {
        String id = counted ? idOf(carrier) : null;
        String line = id == null ? "" : line(TASKS + id + "/stat");
        int state = line.lastIndexOf(')') + 2;
        return state >= 2 && state < line.length() && "SD".indexOf(line.charAt(state)) >= 0;
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
        String[] tasks = new File(TASKS).list();
        long before = CpuTimes.of(carrier);
        if (tasks == null || before <= 0) {
            return null;
        }
        String name = carrier.getName().substring(0, Math.min(LONGEST_NAME, carrier.getName().length()));
        String found = null;
        int count = 0;
        for (String task : tasks) {
            String line = line(TASKS + task + "/schedstat");
            long used = line.indexOf(' ') < 0 ? -1 : Long.parseLong(line.substring(0, line.indexOf(' ')));
            if (used == before && CpuTimes.of(carrier) == before) {
                return task;
            }
            // That of a thread that runs is brought up to date at a tick of the system.
            if (used >= before - LONGEST_TICK_NANOS && used <= CpuTimes.of(carrier)
                    && line(TASKS + task + "/comm").equals(name)) {
                found = task;
                count++;
            }
        }
        return count == 1 ? found : null;
    }

    /** The file's first bytes, empty if it cannot be read. */
    private String line(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            int length = in.read(buffer);
            return length <= 0 ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException noSuchFile) {
            return "";
        }
    }
}
