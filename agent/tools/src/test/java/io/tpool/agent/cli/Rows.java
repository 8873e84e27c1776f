// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows and snapshots for tests. */
final class Rows {
    private Rows() {
    }

    /** A row with a value for each column, in the columns' order; columns at the end may be left out. */
    static Row of(List<Column> columns, Object... values) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(columns.get(i).name(), values[i]);
        }
        return Columns.row(columns, row);
    }

    static Snapshot snapshot(String version, Row guard, List<Row> captures, List<Row> pools, List<Row> methods,
            long nanos) {
        return new Snapshot("12", version, "", true, guard, captures, pools, methods, Map.of(), Set.of(), 0, nanos);
    }
}
