// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import io.tpool.internal.jdk.InheritedLocals;
import io.tpool.internal.jdk.SchedulerAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Hears of the captures by the virtual threads that some work makes, a test say, from {@link #open} to {@link #close}.
 *
 * <p>Which thread belongs to which watch: a thread is <em>marked</em> with a watch by {@link #mark}, and hands the mark
 * on to the threads that it makes, by an inheritable thread local, as long as the watch is open. So a thread that
 * outlives its watch hands nothing on. The guard's thread that names reads the mark of a virtual thread that captures a
 * carrier. A capture by a marked thread is told to its watch alone, or to nobody if that is closed. A capture by an
 * unmarked thread is told to all open watches, which know that it is not {@linkplain WatchedCapture#own their own}.
 *
 * <p>Threads do not inherit where their builder says so, and those of {@code ForkJoinPool.commonPool()} never do.
 *
 * <p>The guard's own threads and anybody use this at the same time. What a watch has heard is guarded by the watch.
 *
 * @since 1.0
 */
public final class CaptureWatch {
    private static final Mark MARK = new Mark();
    private static final List<CaptureWatch> OPEN = new CopyOnWriteArrayList<>();
    private static final int MOST_CAPTURES = 1000;
    private static final long POLL_NANOS = 500_000;
    private static final long LONGEST_WAIT_NANOS = 5_000_000_000L;
    private static final int MOST_FRAMES = 12;

    /** True when the guard's threads are there and have loaded what they need. */
    private static volatile boolean prepared;

    private final long least;
    private final BooleanSupplier handsOn;
    private final long openedAt = System.nanoTime();
    /** Guards itself and {@link #taken}. */
    private final Map<Long, WatchedCapture> heard = new LinkedHashMap<>();
    private final Set<Long> taken = new HashSet<>();
    private long submitted;
    private volatile boolean closed;
    private volatile boolean madeVirtualThread;

    private CaptureWatch(long least, BooleanSupplier handsOn) {
        this.least = least;
        this.handsOn = handsOn;
    }

    private static final class Mark extends InheritableThreadLocal<CaptureWatch> {
        @Override
        protected CaptureWatch childValue(CaptureWatch ofParent) {
            return ofParent == null ? null : ofParent.ofChild();
        }
    }

    /**
     * Opens a watch. Has the guard look if nobody else does: it then lends nothing, and looks until the last watch is
     * closed. The first time waits until all that is needed is loaded.
     *
     * @param leastNanos shorter captures are not kept
     * @param handsOn asked in the constructor of each thread that a marked thread makes, on the thread that makes it:
     *     whether it is marked, too. Null for always
     * @return open, without marking any thread
     * @throws IllegalStateException if captures cannot be seen in this JVM, with the reason in one line
     */
    public static CaptureWatch open(long leastNanos, BooleanSupplier handsOn) {
        CaptureWatch watch = new CaptureWatch(leastNanos, handsOn);
        synchronized (CaptureWatch.class) {
            OPEN.add(watch);
            String problem = Guard.startWatching();
            if (problem != null) {
                watch.abandon();
                throw new IllegalStateException(problem);
            }
        }
        if (!prepared) {
            settle();
            prepared = true;
        }
        watch.submitted = submissions();
        return watch;
    }

    /**
     * Marks the current thread.
     *
     * @param watch null for none
     * @return what it was marked with, to be put back
     */
    public static CaptureWatch mark(CaptureWatch watch) {
        CaptureWatch before = MARK.get();
        if (watch == null) {
            MARK.remove();
        } else {
            MARK.set(watch);
        }
        return before;
    }

    /**
     * Tells whether a marked thread has made a virtual thread.
     *
     * @return false also if only threads without the mark have
     */
    public boolean hasMadeVirtualThread() {
        return madeVirtualThread;
    }

    /**
     * Tells whether a virtual thread may have run in this JVM since the watch was opened, whoever made it.
     *
     * @return false if none has for sure
     */
    public boolean mayHaveSeenVirtualThread() {
        return madeVirtualThread || submissions() != submitted;
    }

    /** Each start and each unpark of a virtual thread is one. */
    private static long submissions() {
        Object[] queues = SchedulerAccess.queues();
        long sum = 0;
        for (int i = 0; queues != null && i < queues.length; i++) {
            sum += queues[i] == null ? 0 : SchedulerAccess.top(queues[i]);
        }
        return sum;
    }

    /**
     * Takes out what this watch has heard of captures that began when another one was open already. It hears no more of
     * them.
     *
     * @param since the other one
     * @return the captures, in no order
     */
    public List<WatchedCapture> take(CaptureWatch since) {
        List<WatchedCapture> list = new ArrayList<>();
        synchronized (heard) {
            for (WatchedCapture capture : heard.values()) {
                if (capture.startNanos() - since.openedAt >= 0) {
                    list.add(capture);
                }
            }
            for (WatchedCapture capture : list) {
                heard.remove(capture.id());
                taken.add(capture.id());
            }
        }
        return list;
    }

    /**
     * Closes the watch, when it has heard of all that has been so far. Waits for the guard's next look, a millisecond
     * as a rule and 5 s at most.
     *
     * @return the captures that are proven to be longer than the least, the longest first
     */
    public List<WatchedCapture> close() {
        settle();
        return abandon();
    }

    /**
     * Closes the watch without waiting for the guard.
     *
     * @return what it has heard so far, the longest capture first
     */
    public List<WatchedCapture> abandon() {
        synchronized (CaptureWatch.class) {
            closed = true;
            if (OPEN.remove(this) && OPEN.isEmpty()) {
                Guard.stopWatching();
            }
        }
        synchronized (heard) {
            List<WatchedCapture> list = new ArrayList<>(heard.values());
            list.sort(Comparator.comparingLong(WatchedCapture::nanos).reversed());
            return list;
        }
    }

    private static void settle() {
        long question = Guard.ask();
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        boolean interrupted = false;
        while (!Guard.hasAnswered(question) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(CaptureWatch.class, POLL_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isAnyOpen() {
        return !OPEN.isEmpty();
    }

    /** What the thread is marked with, or null. */
    static CaptureWatch of(Thread virtualThread) {
        return (CaptureWatch) InheritedLocals.of(virtualThread, MARK);
    }

    /** By the thread that names. */
    static void tell(NamedCapture named, CaptureKind kind, long nanos, boolean goesOn) {
        WatchedCapture capture = WatchedCapture.of(named, kind, nanos, goesOn);
        if (named.watch() != null) {
            named.watch().hear(named, capture);
            return;
        }
        for (CaptureWatch watch : OPEN) {
            if (named.start() - watch.openedAt >= 0) {
                watch.hear(named, capture);
            }
        }
    }

    private void hear(NamedCapture named, WatchedCapture capture) {
        synchronized (heard) {
            boolean room = heard.size() < MOST_CAPTURES || heard.containsKey(named.ticket());
            if (!closed && room && capture.nanos() > least && !taken.contains(named.ticket())) {
                // In the place of what was heard of it while it went on.
                heard.put(named.ticket(), capture);
            }
        }
    }

    /** What a thread is marked with that a thread with this mark is making now. Throws nothing into its constructor. */
    private CaptureWatch ofChild() {
        if (closed) {
            return null;
        }
        try {
            if (!madeVirtualThread && isVirtualThreadMade()) {
                madeVirtualThread = true;
            }
            return handsOn == null || handsOn.getAsBoolean() ? this : null;
        } catch (Throwable unable) {   // a full stack
            return this;
        }
    }

    private static boolean isVirtualThreadMade() {
        return StackWalker.getInstance().walk(frames -> frames.limit(MOST_FRAMES)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.BaseVirtualThread")));
    }
}
