// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * One of the small files in which Linux tells what a thread or the machine does at this moment. It stays open, and
 * reading it again allocates nothing. For one thread.
 */
final class TaskFile implements Closeable {
    /** Where no number stands. */
    static final long NONE = -1;
    private static final int LONGEST = 512;

    private final byte[] line = new byte[LONGEST];
    private final RandomAccessFile file;
    private int length;

    TaskFile(String name) throws IOException {
        file = new RandomAccessFile(name, "r");
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

    /** The character that follows after the last closing bracket and a blank; 0 if there is none. */
    char afterBracket() {
        int at = length - 1;
        while (at >= 0 && line[at] != ')') {
            at--;
        }
        return at < 0 || at + 2 >= length ? 0 : (char) line[at + 2];
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
