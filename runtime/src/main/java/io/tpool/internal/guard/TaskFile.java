// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/**
 * One of the small files in which Linux tells what a thread or the machine does at this moment. It stays open, and
 * reading it again allocates nothing. For one thread.
 */
final class TaskFile implements Closeable {
    /** Where no number stands. */
    static final long NONE = -1;
    /** A folder for each thread of this process. */
    static final String TASKS = "/proc/self/task/";
    /** In {@code schedstat}: nanoseconds on a processor, and nanoseconds in the queue for one. */
    static final int USED = 0;
    static final int WAITED = 1;
    private static final int LONGEST = 512;

    private final byte[] line = new byte[LONGEST];
    private final RandomAccessFile file;
    private int length;

    TaskFile(String name) throws IOException {
        file = new RandomAccessFile(name, "r");
    }

    /** One that tells of a thread of this process. */
    static TaskFile of(String task, String name) throws IOException {
        return new TaskFile(TASKS + task + "/" + name);
    }

    /** {@link #USED} or {@link #WAITED} of a thread of this process; {@link #NONE} if it has ended. */
    static long nanos(String task, int field) {
        try (TaskFile file = of(task, "schedstat")) {
            file.read();
            return file.number(field);
        } catch (IOException ended) {
            return NONE;
        }
    }

    /** The calling thread's {@code schedstat}. */
    static TaskFile own() throws IOException {
        return new TaskFile("/proc/thread-self/schedstat");
    }

    /** False where the system does not count such times for any thread. */
    static boolean areNanosCounted() {
        try (TaskFile own = own()) {
            own.read();
            return own.number(USED) > 0;
        } catch (IOException notTold) {
            return false;
        }
    }

    /** Reads its first bytes anew. Throws also where it tells of a thread that has ended. */
    void read() throws IOException {
        file.seek(0);
        length = Math.max(0, file.read(line));
    }

    /** The number that begins the field, counted from 0; {@link #NONE} where there is none. Fields end with a blank. */
    long number(int field) {
        int at = 0;
        for (int blanks = 0; at < length && blanks < field; at++) {
            blanks += line[at] == ' ' ? 1 : 0;
        }
        int begin = at;
        long number = 0;
        for (; at < length && line[at] >= '0' && line[at] <= '9'; at++) {
            number = 10 * number + line[at] - '0';
        }
        return at == begin ? NONE : number;
    }

    /** What {@code stat} tells: the character that follows after the last closing bracket and a blank. */
    RunState state() {
        int at = length - 1;
        while (at >= 0 && line[at] != ')') {
            at--;
        }
        return switch (at < 0 || at + 2 >= length ? 0 : line[at + 2]) {
            case 'R' -> RunState.RUNNABLE;
            case 'S', 'D' -> RunState.SLEEPING;
            default -> RunState.UNKNOWN;
        };
    }

    /** All of it, without blanks at its ends. */
    String text() {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
