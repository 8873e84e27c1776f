// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.guard.CaptureKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows found so far, and which stack belongs to which. Not thread-safe. */
final class FindingIndex {

    private static final int REMEMBERED_STACKS = 20_000;

    private final Map<Key, Finding> rows = new HashMap<>();
    private final Map<CaptureKind, Map<Stack, Place>> places = new HashMap<>();
    private final Map<MethodRef, List<Finding>> byDirectCaller = new HashMap<>();
    private final FlameGraph flames = new FlameGraph();

    /**
     * What the rows differ in. Calls of one native in two loops, or in one and in none, are two matters: a scan makes
     * thousands of short ones, an order makes one that may wait.
     */
    private record Key(CaptureKind kind, String captor, String descriptor, String line, Reason reason, String loop) {
    }

    /**
     * Where a stack belongs.
     *
     * @param row its row
     * @param advice what to do about it
     * @param stack the stack
     * @param flames where the time of all stacks adds up
     */
    record Place(Finding row, Advice advice, Stack stack, FlameGraph flames) {
        /** Adds time that a thread spent there. */
        void add(long nanos, long thread) {
            add(nanos, thread, stack);
        }

        /** Adds time that a thread spent on another stack of the same row. */
        void add(long nanos, long thread, Stack seen) {
            row.add(nanos, thread, advice.caller());
            flames.add(seen, nanos);
        }
    }

    /** Returns where a stack belongs, asking for advice about a new one. */
    Place of(CaptureKind kind, Stack stack, Function<Stack, Advice> adviser) {
        Map<Stack, Place> known = places.computeIfAbsent(kind, none -> new HashMap<>());
        Place place = known.get(stack);
        if (place == null) {
            if (known.size() >= REMEMBERED_STACKS) {
                known.clear();
            }
            place = of(kind, adviser.apply(stack), stack);
            known.put(stack, place);
        }
        return place;
    }

    /** Returns where a stack with this advice belongs. */
    Place of(CaptureKind kind, Advice advice, Stack stack) {
        Key key = new Key(kind, advice.captor().id(), advice.captor().descriptor(), advice.line(), advice.reason(),
            advice.loop() == null ? null : advice.loop().id());
        Finding row = rows.get(key);
        if (row == null) {
            row = new Finding(kind, advice);
            rows.put(key, row);
        }
        if (kind == CaptureKind.NATIVE && advice.direct() != null) {
            List<Finding> called = byDirectCaller.computeIfAbsent(advice.direct(), none -> new ArrayList<>(1));
            if (!called.contains(row)) {
                called.add(row);
            }
        }
        row.seen(stack);
        return new Place(row, advice, stack, flames);
    }

    /**
     * Adds time to the rows of native methods that the innermost method of this stack calls. Much time in that one
     * method, beside the time in its calls, says that these are short: what a method does between two calls is a matter
     * of microseconds.
     */
    void around(Stack stack, long nanos) {
        for (Finding row : byDirectCaller.getOrDefault(stack.method(0), List.of())) {
            row.around(nanos);
        }
    }

    /** Returns all time of all rows, by stack. */
    FlameGraph flames() {
        return flames;
    }

    Collection<Finding> all() {
        return rows.values();
    }
}
