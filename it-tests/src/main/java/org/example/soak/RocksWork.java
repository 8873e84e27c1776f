// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Writes to and reads from a database that all share; each has a key of its own. */
final class RocksWork implements Work {
    private final RocksDB database;
    private final byte[] key;
    private long written;

    RocksWork(RocksDB database, int number) {
        this.database = database;
        key = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    @Override
    public void once() throws RocksDBException {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(++written).array();
        database.put(key, value);
        Work.check(Arrays.equals(value, database.get(key)), "RocksDB returned another value");
    }
}
