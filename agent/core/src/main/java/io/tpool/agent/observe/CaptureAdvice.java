// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.agent.boot.LazyParts;
import io.tpool.internal.guard.CaptureRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What to list for each capturing method, worked out when it is asked for and remembered. */
final class CaptureAdvice {
    /** The guard keeps fewer methods than this. */
    private static final int REMEMBERED = 4096;

    /** Of the boot loader only, which never unloads them. */
    private final Class<?>[] early;
    /** Guarded by this, as is all below. */
    private final Map<String, String> known = new HashMap<>();
    private Set<String> loadedEarly;
    private CaptureAdviser adviser;

    CaptureAdvice(Class<?>[] early) {
        this.early = early;
    }

    /** Advice about one method. */
    String of(CaptureRow row) {
        return of(List.of(row)).get(row.method());
    }

    /** Advice about each method, by its name. */
    synchronized Map<String, String> of(List<CaptureRow> rows) {
        List<CaptureRow> unknown = new ArrayList<>();
        for (CaptureRow row : rows) {
            if (!known.containsKey(row.method())) {
                unknown.add(row);
            }
        }
        if (known.size() + unknown.size() > REMEMBERED) {
            known.clear();
            unknown = rows;
        }
        List<String> advice = unknown.isEmpty() ? List.of() : advise(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            known.put(unknown.get(i).method(), advice.get(i));
        }
        Map<String, String> asked = new HashMap<>();
        for (CaptureRow row : rows) {
            asked.put(row.method(), known.get(row.method()));
        }
        return asked;
    }

    private List<String> advise(List<CaptureRow> rows) {
        try {
            if (adviser == null) {
                adviser = LazyParts.create(CaptureAdviser.class, "io.tpool.agent.discover.GuardAdviser");
                loadedEarly = names();
            }
            return adviser.advise(rows, loadedEarly);
        } catch (RuntimeException | LinkageError notToBeHad) {
            // The jar has been replaced under a running application.
            List<String> none = new ArrayList<>();
            rows.forEach(row -> none.add(""));
            return none;
        }
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        for (Class<?> type : early) {
            names.add(type.getName());
        }
        return names;
    }
}
