// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RateLimiter;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * RocksDB, as applications block in it: {@code write} (synchronous), {@code flush}, {@code compact}. A rate limiter
 * makes flush and compaction take as long on a fast disk as on a slow one.
 *
 * @since 1.0
 */
public final class RocksApp {
    private static final int VALUE_BYTES = 1024;
    private static final int VALUES = 8 * 1024;
    private static final long BYTES_PER_SECOND = 4L << 20;
    private static final long WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);

    private final String operation;
    private final RocksDB[] databases;

    private RocksApp(String operation, RocksDB[] databases) {
        this.operation = operation;
        this.databases = databases;
    }

    /**
     * Runs one of the cases, on a database for each carrier.
     *
     * @param args name of the case
     * @throws Exception if the case fails
     */
    public static void main(String[] args) throws Exception {
        RocksDB.loadLibrary();
        String operation = args[0];
        Path directory = Files.createTempDirectory("tpool-rocks");
        RocksDB[] databases = new RocksDB[Load.carriers()];
        try (Options options = new Options()) {
            options.setCreateIfMissing(true).setCompressionType(CompressionType.NO_COMPRESSION)
                .setDisableAutoCompactions(true)
                .setWriteBufferSize(64L << 20);
            if (operation.equals("compact")) {
                for (int i = 0; i < databases.length; i++) {
                    prepare(options, directory.resolve("db" + i));
                }
            }
            for (int i = 0; i < databases.length; i++) {
                try (RateLimiter limiter = new RateLimiter(BYTES_PER_SECOND)) {
                    databases[i] =
                        RocksDB.open(options.setRateLimiter(limiter), directory.resolve("db" + i).toString());
                }
            }
            new RocksApp(operation, databases).run();
            for (RocksDB database : databases) {
                database.close();
            }
        } finally {
            delete(directory);
        }
    }

    /** Leaves a database on disk that has something to compact. */
    private static void prepare(Options options, Path path) throws RocksDBException {
        try (RocksDB database = RocksDB.open(options, path.toString())) {
            fill(database);
            flush(database);
        }
    }

    private void run() throws Exception {
        if (operation.equals("flush")) {
            for (RocksDB database : databases) {
                fill(database);
            }
        }
        Load.onVirtualThreads(databases.length, i -> databases[i].get(key(0)));
        int[] written = new int[databases.length];
        Load.besideBystander(databases.length, i -> written[i] = block(databases[i]));
        boolean complete = true;
        for (int i = 0; i < databases.length; i++) {
            RocksDB database = databases[i];
            int last = written[i] - 1;
            complete &= database.get(key(0)) != null && database.get(key(last)) != null
                && database.get(key(last + 1)) == null;
        }
        Load.print("complete", complete);
    }

    /** Returns how many values the database holds afterwards. */
    private int block(RocksDB database) throws RocksDBException {
        switch (operation) {
            case "write" -> {
                return write(database);
            }
            case "flush" -> flush(database);
            case "compact" -> compact(database);
            default -> throw new IllegalArgumentException(operation);
        }
        return VALUES;
    }

    private static int write(RocksDB database) throws RocksDBException {
        byte[] value = new byte[VALUE_BYTES];
        int written = 0;
        try (WriteOptions synchronous = new WriteOptions().setSync(true)) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < WRITE_NANOS) {
                database.put(synchronous, key(written++), value);
            }
        }
        return written;
    }

    private static void fill(RocksDB database) throws RocksDBException {
        Random random = new Random(1);
        byte[] value = new byte[VALUE_BYTES];
        for (int i = 0; i < VALUES; i++) {
            random.nextBytes(value);
            database.put(key(i), value);
        }
    }

    private static void flush(RocksDB database) throws RocksDBException {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            database.flush(options);
        }
    }

    private static void compact(RocksDB database) throws RocksDBException {
        try (CompactRangeOptions rewrite =
            new CompactRangeOptions().setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
            database.compactRange(null, null, null, rewrite);
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
