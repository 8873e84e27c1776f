// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.guard.FrameRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The virtual threads that stood still on their carriers from one look to the next, and still do. The flight recorder
 * writes a park that pins when it ends, and a thread that is parked or blocked in the JVM is in no sample: so looks at
 * the carriers find what lasts. What blocks in native code is in the samples, and not taken in here.
 *
 * <p>Not thread-safe.
 */
final class StandingThreads {

    private final Map<Long, Standing> standing = new HashMap<>();
    private int mostCarried;
    private boolean looked;

    /**
     * One that stands still.
     *
     * @param since the first look at it, nanoseconds since the epoch
     * @param told up to when it has been {@linkplain #found told} before
     * @param until the last look
     */
    record Standing(long thread, ThreadSample.Kind kind, StackTraceElement[] stack, long since, long told, long until) {
    }

    /** Takes a look in: the virtual threads on carriers at that time, by id. */
    void look(Map<Long, ThreadPrint.Carried> mounted, long time) {
        looked = true;
        mostCarried = Math.max(mostCarried, mounted.size());
        Map<Long, Standing> now = new HashMap<>();
        mounted.forEach((id, carried) -> {
            StackTraceElement[] stack = carried.stack();
            ThreadSample.Kind kind = stack.length == 0 ? null : kind(stack, carried.waitsInJvm());
            if (kind != null) {
                Standing before = standing.get(id);
                boolean same = before != null && before.kind() == kind && isSame(before.stack(), stack);
                now.put(id, new Standing(id, kind, stack, same ? before.since() : time, same ? before.told()
                    : time, time));
            }
        });
        standing.clear();
        standing.putAll(now);
    }

    private static ThreadSample.Kind kind(StackTraceElement[] stack, boolean waitsInJvm) {
        if (waitsInJvm) {
            return ThreadSample.Kind.CLASS_INITIALISER;
        }
        StackTraceElement top = stack[0];
        return FrameRules.isParking(top.getClassName(), top.getMethodName()) ? ThreadSample.Kind.PINNED_PARK : null;
    }

    private static boolean isSame(StackTraceElement[] one, StackTraceElement[] other) {
        if (one.length != other.length) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (!one[i].toString().equals(other[i].toString())) {
                return false;
            }
        }
        return true;
    }

    /** Those that have stood since an earlier look, up to the last one, each as far as it has not been told before. */
    List<Standing> found() {
        List<Standing> found = new ArrayList<>();
        standing.replaceAll((id, each) -> {
            if (each.until() == each.told()) {
                return each;
            }
            found.add(each);
            return new Standing(id, each.kind(), each.stack(), each.since(), each.until(), each.until());
        });
        return found;
    }

    /** Whether anybody has looked. */
    boolean looked() {
        return looked;
    }

    /** The most virtual threads that were on carriers at once. */
    int mostCarried() {
        return mostCarried;
    }
}
