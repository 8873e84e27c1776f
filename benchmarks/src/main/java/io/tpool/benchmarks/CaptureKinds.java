// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.app.Load;
import java.util.List;

/** A bystander beside each kind of capture, on one carrier. */
final class CaptureKinds {
    private static final int CALLERS = 4;

    private CaptureKinds() {
    }

    /**
     * One row.
     *
     * @param title what captures
     * @param load its calls
     * @param callers how many
     */
    private record Kind(String title, Load load, int callers) {
    }

    static List<Row> rows(Bench bench) {
        List<Kind> kinds = List.of(
            new Kind("SQLite queries that compute", Load.QUERY, CALLERS),
            new Kind("SQLite inserts into a locked database", Load.BUSY, CALLERS),
            new Kind("RocksDB iterations", Load.ITERATE, CALLERS),
            new Kind("RocksDB compactions", Load.COMPACT, CALLERS),
            new Kind("native sleeps, JNA direct mapping", Load.SLEEP, CALLERS),
            new Kind("native sleeps, JNA interface mapping", Load.JNA_INTERFACE, CALLERS),
            new Kind("reads from a named pipe", Load.FIFO, CALLERS),
            new Kind("waiting for a file's lock", Load.FILE_LOCK, 1),
            new Kind("class initialisers that park", Load.CLASS_INITIALISER, CALLERS),
            new Kind("parks above a native frame", Load.PINNED_PARK, CALLERS),
            new Kind("sleeps with a monitor held", Load.MONITOR, CALLERS),
            new Kind("four loops of 1 s in Java", Load.LOOP, CALLERS));
        return kinds.stream().map(kind -> row(bench, kind)).toList();
    }

    private static Row row(Bench bench, Kind kind) {
        return Loads.captures(bench, "one carrier: " + kind.title(), kind.load(), kind.callers());
    }
}
