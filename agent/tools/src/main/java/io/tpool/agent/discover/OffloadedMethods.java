// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The methods that are listed already. A thread inside one sits on a pool thread, not on a carrier, unless the method
 * is one that cannot leave its carrier most of the time, or one whose calls stay by what mode auto has learned.
 */
final class OffloadedMethods {

    /** What the weaver puts before the name of a native method. */
    static final String PREFIX = "$tpool$";

    private final Map<String, long[]> calls = new HashMap<>();
    private final Set<String> stay = new HashSet<>();

    /** Adds calls of a method that went to a pool thread, and that were pinned. */
    void add(String method, long moved, long pinned) {
        long[] counts = calls.computeIfAbsent(method, none -> new long[2]);
        counts[0] += moved;
        counts[1] += pinned;
    }

    /** Takes in that calls of a method stayed on their carrier, by what was learned. */
    void stays(String method) {
        stay.add(method);
    }

    /** Returns whether calls of this method stayed on their carrier, by what was learned. */
    boolean isStaying(String method) {
        return stay.contains(method);
    }

    /** Takes in that a method is woven, whatever becomes of its calls. */
    void woven(String method) {
        calls.computeIfAbsent(method, none -> new long[2]);
    }

    /** Forgets the calls, to add up anew. */
    void clear() {
        calls.values().forEach(counts -> {
            counts[0] = 0;
            counts[1] = 0;
        });
        stay.clear();
    }

    /** Returns whether a thread in this method is on a pool thread. */
    boolean contains(String method) {
        long[] counts = calls.get(method);
        return counts != null && counts[1] <= counts[0] && !stay.contains(method);
    }

    /** Returns type and name of a method given with or without {@code native} and parameters. */
    static String id(String method) {
        String name = method == null ? "" : method.strip();
        if (name.startsWith("native ")) {
            name = name.substring("native ".length()).strip();
        }
        int parameters = name.indexOf('(');
        return parameters < 0 ? name : name.substring(0, parameters);
    }
}
