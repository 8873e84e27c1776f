// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;


/** A set of positive numbers in 8 to 16 bytes each. */
final class LongSet {

    private long[] table = new long[16];
    private int size;

    void add(long value) {
        if (size * 2 >= table.length) {
            long[] old = table;
            table = new long[old.length * 2];
            for (long each : old) {
                if (each != 0) {
                    put(each);
                }
            }
        }
        if (put(value)) {
            size++;
        }
    }

    int size() {
        return size;
    }

    private boolean put(long value) {
        int mask = table.length - 1;
        int at = Long.hashCode(value * 0x9E3779B97F4A7C15L) & mask;
        while (table[at] != 0) {
            if (table[at] == value) {
                return false;
            }
            at = at + 1 & mask;
        }
        table[at] = value;
        return true;
    }

}
