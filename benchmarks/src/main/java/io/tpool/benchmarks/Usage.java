// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * What this process's children have used that have ended: {@code getrusage}, to the microsecond.
 *
 * @param cpuNanos user and system time
 */
record Usage(long cpuNanos) {
    private static final int CHILDREN = -1;
    /** Two times, and 14 further numbers that are not read. */
    private static final int SIZE = 18 * Long.BYTES;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    static Usage ofChildren() {
        try (Memory usage = new Memory(SIZE)) {
            if (C.getrusage(CHILDREN, usage) != 0) {
                throw new IllegalStateException("getrusage fails");
            }
            return new Usage(time(usage, 0) + time(usage, 2L * Long.BYTES));
        }
    }

    Usage minus(Usage earlier) {
        return new Usage(cpuNanos - earlier.cpuNanos);
    }

    private static long time(Memory usage, long offset) {
        return usage.getLong(offset) * NANOS_PER_SECOND + usage.getLong(offset + Long.BYTES) * NANOS_PER_MICRO;
    }

    private static final class C {
        static {
            Native.register("c");
        }

        private C() {
        }

        static native int getrusage(int who, Pointer usage);
    }
}
