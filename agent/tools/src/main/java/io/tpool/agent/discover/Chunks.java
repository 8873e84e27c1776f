// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The chunks that a recording file consists of, from their headers. JFR's own reader passes over a chunk that is cut
 * off without a word.
 *
 * @param whole how many chunks are whole
 * @param cut whether more follows that is not
 * @param start when the first chunk begins, nanoseconds since the epoch; 0 if there is none
 * @param end when the last whole chunk ends
 */
record Chunks(int whole, boolean cut, long start, long end) {

    private static final int MAGIC = 0x464c5200; // "FLR\0"
    private static final int HEADER = 68;
    private static final int SIZE = 8;
    private static final int START = 32;
    private static final int DURATION = 40;

    /**
     * Reads the headers.
     *
     * @throws IOException if the file cannot be read
     */
    static Chunks of(Path file) throws IOException {
        int whole = 0;
        long start = 0;
        long end = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            long position = 0;
            while (position < length) {
                ByteBuffer header = ByteBuffer.allocate(HEADER);
                while (header.hasRemaining() && channel.read(header, position + header.position()) > 0) {
                    continue; // a read may return less than asked for
                }
                long size = header.hasRemaining() ? 0 : header.getLong(SIZE);
                if (size < HEADER || size > length - position || header.getInt(0) != MAGIC) {
                    return new Chunks(whole, true, start, end);
                }
                start = whole == 0 ? header.getLong(START) : start;
                end = header.getLong(START) + header.getLong(DURATION);
                whole++;
                position += size;
            }
        }
        return new Chunks(whole, false, start, end);
    }

    /** Returns whether a file begins like a recording. */
    static boolean isRecording(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES);
            return channel.read(magic, 0) == Integer.BYTES && magic.getInt(0) == MAGIC;
        }
    }
}
