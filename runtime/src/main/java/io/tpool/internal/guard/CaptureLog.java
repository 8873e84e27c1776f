// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The captures by method. Filled by the thread that names, read by anybody; all under its own lock, in which
 * nothing foreign is called. Holds strings and stack trace elements only, of at most {@value #MOST_METHODS}
 * methods; the others are counted together.
 */
final class CaptureLog {
    /** More distinct methods than this are counted together. */
    static final int MOST_METHODS = 200;
    static final String OTHERS = "(other methods)";
    static final String NOT_LOOKED_AT = "(not looked at)";
    private static final StackTraceElement[] NO_STACK = new StackTraceElement[0];

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final CaptureFeed feed;
    private NamedCapture[] live = new NamedCapture[0];
    private long lostBefore;
    private long lostNanosBefore;
    /** Everything comes later at first. */
    private long resetAt = System.nanoTime() - Long.MAX_VALUE / 2;

    CaptureLog(CaptureFeed feed) {
        this.feed = feed;
    }

    /** A capture that goes on has a name now. Returns the row if it is a new one, else null. */
    synchronized CaptureRow begun(int slot, NamedCapture capture) {
        if (slot >= live.length) {
            live = java.util.Arrays.copyOf(live, Math.max(slot + 1, 2 * live.length));
        }
        live[slot] = capture;
        int before = rows.size();
        Row row = row(capture.culprit().method());
        row.begun(capture, counts(capture.start()));
        return rows.size() == before || row.method.equals(OTHERS) ? null : row.toRow(0);
    }

    /** A capture that goes on has another name from now on. */
    synchronized void again(int slot, NamedCapture capture) {
        live[slot] = capture;
    }

    /** The name of a capture that goes on, null if it has none. */
    synchronized NamedCapture live(int slot, long ticket) {
        return slot < live.length && live[slot] != null && live[slot].ticket() == ticket ? live[slot] : null;
    }

    /** The name of the longest one of those that go on, empty if there is none. */
    synchronized String longest() {
        NamedCapture longest = null;
        for (NamedCapture capture : live) {
            if (capture != null && (longest == null || capture.start() - longest.start() < 0)) {
                longest = capture;
            }
        }
        return longest == null ? "" : longest.culprit().method();
    }

    /** A capture has ended; {@code named} is null if nobody looked. */
    synchronized void ended(int slot, NamedCapture named, long start, long nanos) {
        if (named != null) {
            live[slot] = null;
        }
        long since = counts(start) ? nanos : nanos - (resetAt - start);
        if (since > 0) {
            row(named == null ? NOT_LOOKED_AT : named.culprit().method()).ended(since, named == null && counts(start));
        }
    }

    /** False for a capture that began before the last reset. */
    private boolean counts(long start) {
        return start - resetAt >= 0;
    }

    /** For how long a capture has gone on, since the last reset. */
    private long goingOn(NamedCapture capture, long now) {
        return Math.max(0, Math.min(now - capture.start(), now - resetAt));
    }

    private Row row(String method) {
        Row row = rows.get(method);
        if (row == null) {
            String name = rows.size() < MOST_METHODS || method.equals(NOT_LOOKED_AT) ? method : OTHERS;
            row = rows.computeIfAbsent(name, Row::new);
        }
        return row;
    }

    synchronized List<CaptureRow> rows(long now) {
        addLost();
        Map<String, Long> going = new LinkedHashMap<>();
        for (NamedCapture capture : live) {
            if (capture != null) {
                going.merge(row(capture.culprit().method()).method, goingOn(capture, now), Long::sum);
            }
        }
        List<CaptureRow> list = new ArrayList<>();
        for (Row row : rows.values()) {
            list.add(row.toRow(going.getOrDefault(row.method, 0L)));
        }
        list.sort(Comparator.comparingLong(CaptureRow::nanos).reversed());
        return list;
    }

    /** The captures that go on and have a name, in the order of the carriers. */
    synchronized List<CapturedThread> current(long now) {
        List<CapturedThread> list = new ArrayList<>();
        for (NamedCapture capture : live) {
            if (capture != null) {
                list.add(new CapturedThread(capture.carrier(), capture.virtualThread(), capture.threadName(),
                        capture.culprit().method(), capture.culprit().kind(), Math.max(0, now - capture.start())));
            }
        }
        return list;
    }

    private void addLost() {
        long lost = feed.lost();
        if (lost > lostBefore) {
            Row row = row(NOT_LOOKED_AT);
            row.count += lost - lostBefore;
            row.nanos += feed.lostNanos() - lostNanosBefore;
            lostBefore = lost;
            lostNanosBefore = feed.lostNanos();
        }
    }

    /** What began before {@code now} is not counted from here on; only the time from now on is. */
    synchronized void reset(long now) {
        resetAt = now;
        rows.clear();
        lostBefore = feed.lost();
        lostNanosBefore = feed.lostNanos();
    }

    private static final class Row {
        private static final int BITS = 1024;

        private final String method;
        /** One bit for each thread, chosen by its id: as many as are set were different for sure. */
        private final long[] threads = new long[BITS / Long.SIZE];
        private CaptureKind kind = CaptureKind.UNKNOWN;
        private long count;
        private long nanos;
        private long longest;
        private String calledBy = "";
        private StackTraceElement[] stack = NO_STACK;

        Row(String method) {
            this.method = method;
        }

        void begun(NamedCapture capture, boolean counts) {
            count += counts ? 1 : 0;
            kind = method.equals(OTHERS) ? CaptureKind.UNKNOWN : capture.culprit().kind();
            if (!method.equals(OTHERS)) {
                calledBy = capture.culprit().calledBy();
                stack = stack.length == 0 ? capture.stack() : stack;
            }
            int bit = (int) (capture.virtualThread() * 0x9E3779B97F4A7C15L >>> Long.SIZE - 10);
            threads[bit / Long.SIZE] |= 1L << bit;
        }

        void ended(long took, boolean begins) {
            count += begins ? 1 : 0;
            nanos += took;
            longest = Math.max(longest, took);
        }

        CaptureRow toRow(long going) {
            long distinct = 0;
            for (long word : threads) {
                distinct += Long.bitCount(word);
            }
            return new CaptureRow(method, kind, count, nanos + going, Math.max(longest, going), distinct, calledBy,
                    stack);
        }
    }
}
