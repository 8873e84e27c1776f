// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.work.Captures;
import benchmarked.work.Computation;
import benchmarked.work.Database;
import benchmarked.work.KeyValues;
import benchmarked.work.LockHolder;
import benchmarked.work.Mixed;
import benchmarked.work.NativeSleep;
import benchmarked.work.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the callers do.
 *
 * @since 1.0
 */
public enum Load {
    /** Sleep 5 ms in native code. */
    SLEEP,
    /** SQLite: find a row by its key. */
    POINT,
    /** SQLite: read 100,000 rows. */
    SCAN,
    /** SQLite: a query that computes long before its only row. */
    QUERY,
    /** SQLite: insert a row while somebody keeps the write lock most of the time. */
    BUSY,
    /** RocksDB: get a value by its key. */
    GET,
    /** RocksDB: read all keys and values. */
    ITERATE,
    /** RocksDB: write the whole database anew. */
    COMPACT,
    /** 1,000 short calls to a long one. */
    RARELY_LONG,
    /** As many short calls as long ones. */
    HALF_LONG,
    /** All calls short, then all long, in turn. */
    PHASES,
    /** Sleep 200 ms in native code, through an interface of JNA's. */
    JNA_INTERFACE,
    /** Read from a named pipe. */
    FIFO,
    /** Wait for the lock of a file. */
    FILE_LOCK,
    /** Initialise a class whose initialiser parks. */
    CLASS_INITIALISER,
    /** Park above a native frame. */
    PINNED_PARK,
    /** Sleep with a monitor held. */
    MONITOR,
    /** Compute for a second. */
    LOOP;

    /** How long {@link #SLEEP} sleeps. */
    public static final int SLEEP_MILLIS = 5;
    private static final int LOOP_MILLIS = 1_000;
    private static final int SHORTS_PER_LONG = 1_000;
    private static final int STRIDE = 97;

    /** Whether the load needs a SQLite database. */
    public boolean isSqlite() {
        return this == POINT || this == SCAN || this == QUERY || this == BUSY;
    }

    /**
     * Makes what is called.
     *
     * @param callers how many
     * @param data where the data is: a SQLite database, or the folder for RocksDB's
     * @param size how much of it: keys of RocksDB's, milliseconds of a phase
     * @return one for each caller
     */
    List<Work> works(int callers, Path data, int size) throws Exception {
        KeyValues keyValues = this == GET || this == ITERATE || this == COMPACT ? KeyValues.open(data, size) : null;
        List<Work> works = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int first = i * STRIDE;
            works.add(switch (this) {
                case SLEEP -> new NativeSleep(SLEEP_MILLIS);
                case POINT -> Database.pointQuery(data);
                case SCAN -> Database.scan(data);
                case QUERY -> Database.longQuery(data);
                case BUSY -> Database.insert(data);
                case GET -> keyValues.get(first);
                case ITERATE -> keyValues.iterate();
                case COMPACT -> keyValues.compaction();
                case RARELY_LONG -> Mixed.ratio(SHORTS_PER_LONG, first);
                case HALF_LONG -> Mixed.ratio(1, first);
                case PHASES -> Mixed.phases(size);
                case JNA_INTERFACE -> Captures.jnaInterface();
                case FIFO -> Captures.fifo(data);
                case FILE_LOCK -> Captures.fileLock(data);
                case CLASS_INITIALISER -> Captures.classInitialiser();
                case PINNED_PARK -> Captures.pinnedPark();
                case MONITOR -> Captures.monitor();
                case LOOP -> new Computation(Computation.stepsOf(LOOP_MILLIS));
            });
        }
        return works;
    }

    /** Starts who disturbs the callers, where somebody is to. */
    void startOthers(Path data) {
        if (this == BUSY) {
            LockHolder.start(data);
        }
    }
}
