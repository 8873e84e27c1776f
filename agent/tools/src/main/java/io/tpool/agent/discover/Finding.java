// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.guard.CaptureKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one method did to the carriers. Not thread-safe. */
final class Finding {

    private static final int MOST_CALLERS = 64;

    final CaptureKind kind;
    final MethodRef captor;
    final MethodRef listed;
    /** The method that loops around its calls, or null. */
    private final MethodRef loop;

    private final LongSet threads = new LongSet();
    private final Map<String, long[]> callers = new HashMap<>();
    private final Reason advised;
    private Set<String> outside; // the methods outside of the listed one on every stack
    private Finding within;
    private Reason reason;
    private long captured;
    private long longest;
    private long stretches;
    private long around;
    private long follows;
    private long returns;

    Finding(CaptureKind kind, Advice advice) {
        this.kind = kind;
        captor = advice.captor();
        listed = advice.listed();
        loop = advice.loop();
        advised = advice.reason();
        reason = advised;
    }

    /** Adds time that a thread spent. */
    void add(long nanos, long thread, MethodRef caller) {
        captured += nanos;
        threads.add(thread);
        String name = caller == null ? "" : caller.id();
        if (callers.size() < MOST_CALLERS || callers.containsKey(name)) {
            callers.computeIfAbsent(name, none -> new long[1])[0] += nanos;
        }
    }

    /** Adds one stretch, whose time has been added already. */
    void stretch(long nanos) {
        longest = Math.max(longest, nanos);
        stretches++;
    }

    /** Adds time that threads spent in the method that calls this one, outside of the call. */
    void around(long nanos) {
        around += nanos;
    }

    /**
     * Counts that a thread was seen again soon after a sample in this native method. Samples that come late, as they do
     * on an overloaded machine, say nothing of how long the call was.
     *
     * @param outside whether it was outside then, and inside the method that loops around the calls
     */
    void followed(boolean outside) {
        follows++;
        returns += outside ? 1 : 0;
    }

    /**
     * Returns which part of the samples that were followed soon was followed by one outside, in the same loop: 1 for
     * calls that are much shorter than a period.
     */
    double returns() {
        return follows == 0 ? 0 : (double) returns / follows;
    }

    /** Takes a new stack in, to know what else is on all of them. */
    void seen(Stack stack) {
        Set<String> further = new HashSet<>();
        boolean isOutside = false;
        for (Frame frame : stack.frames) {
            if (isOutside) {
                further.add(frame.method().id());
            }
            isOutside |= frame.method().equals(listed);
        }
        if (outside == null) {
            outside = further;
        } else {
            outside.retainAll(further);
        }
    }

    /**
     * Takes this row's line away if all its calls are made inside the method that another row lists: there the thread
     * is on the pool already.
     */
    void coverBy(Finding other) {
        boolean same = reason == Reason.LOOPS && other.reason == Reason.LOOPS;
        boolean inside = !same && outside != null && other.line() != null && outside.contains(other.target().id());
        if (inside && other != this && other.within == null && !other.target().isNative()) {
            within = other;
            reason = Reason.INSIDE;
        }
    }

    /**
     * Returns whether another row, in the same loop, has the long calls and so more of the time: listed, it leaves this
     * one little.
     */
    boolean isBesideALongCall(Finding other) {
        return loop.equals(other.loop) && other.reason.isListed() && other.reason != Reason.LOOPS
            && other.captured > captured;
    }

    /**
     * Returns whether what it advises is listed already, or is inside what is, and stays there. A loop is asked for
     * itself: that its short calls stay is no reason against it.
     */
    boolean isStaying(OffloadedMethods methods) {
        MethodRef target = target();
        return target != null && (methods.isStaying(target.id())
            || reason != Reason.LOOPS && outside != null && outside.stream().anyMatch(methods::isStaying));
    }

    /** Gives the verdict of the whole recording: a line that is not worth listing has a reason instead. */
    void judge(Reason verdict) {
        reason = verdict;
        within = null;
    }

    long captured() {
        return captured;
    }

    long longest() {
        return longest;
    }

    long stretches() {
        return stretches;
    }

    long around() {
        return around;
    }

    int threads() {
        return threads.size();
    }

    /** Returns what its stacks alone say. */
    Reason advised() {
        return advised;
    }

    Reason reason() {
        return reason;
    }

    /** Returns the pattern to list, or null. */
    String line() {
        if (within != null) {
            return within.line();
        }
        return reason.isListed() && target() != null ? target().pattern() : null;
    }

    private MethodRef target() {
        return reason == Reason.LOOPS ? loop : listed;
    }

    MethodRef loop() {
        return loop;
    }

    /** Returns at most so many callers, the one with the most time first. */
    List<String> callers(int most) {
        return callers.entrySet().stream()
            .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(each -> -each.getValue()[0])
            .thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey).filter(each -> !each.isEmpty()).limit(most).toList();
    }
}
