// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A RocksDB database that is read and compacted. Its keys are the numbers from 0.
 *
 * @since 1.0
 */
public final class KeyValues {
    private static final int VALUE_BYTES = 32;
    private static final int BATCH = 1_000;
    private static final int STRIDE = 7_919;

    private final RocksDB database;
    private final int keys;

    private KeyValues(RocksDB database, int keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * Opens the database, and fills it first if it is new.
     *
     * @param parent where its folder is, or is to be; the folder's name tells how many keys it has
     * @param keys how many
     * @return open until the JVM ends
     * @throws IOException if the folder cannot be made
     * @throws RocksDBException if RocksDB fails
     */
    public static KeyValues open(Path parent, int keys) throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        Path folder = Files.createDirectories(parent.resolve("rocksdb-" + keys));
        Options options = new Options().setCreateIfMissing(true).setCompressionType(CompressionType.NO_COMPRESSION);
        RocksDB database = RocksDB.open(options, folder.toString());
        KeyValues opened = new KeyValues(database, keys);
        if (database.get(key(keys - 1)) == null) {
            opened.fill();
        }
        return opened;
    }

    private void fill() throws RocksDBException {
        byte[] value = new byte[VALUE_BYTES];
        try (WriteOptions options = new WriteOptions()) {
            for (int first = 0; first < keys; first += BATCH) {
                try (WriteBatch batch = new WriteBatch()) {
                    for (int i = first; i < Math.min(keys, first + BATCH); i++) {
                        batch.put(key(i), value);
                    }
                    database.write(options, batch);
                }
            }
        }
        compact();
    }

    private int compact() throws RocksDBException {
        try (CompactRangeOptions options = new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
            database.compactRange(database.getDefaultColumnFamily(), null, null, options);
        }
        return 1;
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /**
     * Gets the value of one key.
     *
     * @param first the key to begin with; later calls take others
     * @return for one caller
     */
    public Work get(int first) {
        return new Work() {
            private int key = first % keys;

            @Override
            public int direct() throws RocksDBException {
                key = (key + STRIDE) % keys;
                return database.get(key(key)).length;
            }
        };
    }

    /**
     * Reads all keys and values in their order.
     *
     * @return for any number of callers
     */
    public Work iterate() {
        return () -> {
            int read = 0;
            try (RocksIterator all = database.newIterator()) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    read += all.key().length + all.value().length;
                }
            }
            return read;
        };
    }

    /**
     * Writes the whole database anew: one native call.
     *
     * @return for any number of callers; RocksDB lets one at a time
     */
    public Work compaction() {
        return this::compact;
    }
}
