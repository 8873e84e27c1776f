// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import io.tpool.internal.jdk.SchedulerAccess;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Names what captures carriers, on a thread of its own: reading a stack takes 40 to 100 µs, and longer if the
 * thread comes to no safepoint. It uses at most about one percent of a processor for that, see {@link LookBudget}.
 * Captures that begin when the share is used up are looked at if they still go on later, and else counted without a
 * name.
 */
final class CaptureNamer implements Runnable {
    private static final long ROUND_NANOS = 20_000_000;
    private static final long IDLE_NANOS = 1_000_000_000;
    private static final long LATER_NANOS = 15_000_000;
    private static final int MOST_FRAMES = 128;

    private final CaptureFeed feed;
    private final CaptureLog log;
    private CaptureProof proof;
    private volatile CaptureListener listener;
    private volatile CaptureEvidence evidence;
    /** Captures since the last one that was named. */
    private long unnamed;
    private final LookBudget budget = new LookBudget(System.nanoTime());
    private long going;

    CaptureNamer(CaptureFeed feed, CaptureLog log) {
        this.feed = feed;
        this.log = log;
    }

    void tell(CaptureListener somebody) {
        listener = somebody;
    }

    void tell(CaptureEvidence somebody) {
        evidence = somebody;
    }

    @Override
    public void run() {
        CpuTimes.load();
        feed.readBy(Thread.currentThread());
        for (;;) {
            try {
                round();
            } catch (Throwable survived) {
                // The thread goes on, whatever went wrong in one round.
                LockSupport.parkNanos(this, ROUND_NANOS);
            }
        }
    }

    private void round() {
        budget.earn(System.nanoTime(), CaptureWatch.isAnyOpen());
        if (drain()) {
            return;
        }
        if (budget.isLeft(false)) {
            feed.wants(Thread.currentThread());
            if (feed.peek() != null) {
                return;
            }
        }
        if (going > 0 && CaptureWatch.isAnyOpen()) {
            feed.ask();
        }
        LockSupport.parkNanos(this, going > 0 ? ROUND_NANOS : IDLE_NANOS);
        Thread.interrupted();
    }

    /** Takes what there is. */
    private boolean drain() {
        CaptureFeed.Entry entry = feed.peek();
        if (entry == null) {
            return false;
        }
        for (; entry != null; entry = feed.peek()) {
            try {
                handle(entry);
            } finally {
                feed.done(entry);
            }
        }
        return true;
    }

    private void handle(CaptureFeed.Entry entry) {
        switch (entry.what) {
            case CaptureFeed.LOOK -> look(entry);
            case CaptureFeed.END -> end(entry);
            case CaptureFeed.HELD -> held(entry);
            case CaptureFeed.ANSWER -> answered(entry);
            default -> starved(entry);
        }
    }

    private void look(CaptureFeed.Entry entry) {
        if (entry.look == 1) {
            going++;
            unnamed++;
        }
        long now = System.nanoTime();
        boolean late = now - entry.start > LATER_NANOS;
        NamedCapture known = log.live(entry.slot, entry.ticket);
        // Who watches wants to see where the time went, which need not be where it began.
        boolean again = known != null && known.begun() != null && CaptureWatch.isAnyOpen();
        if (!budget.isLeft(late) || known != null && !again) {
            return;
        }
        NamedCapture named = name(entry);
        long took = System.nanoTime() - now;
        budget.spend(took, CaptureWatch.isAnyOpen());
        if (named == null) {
            return;
        }
        if (known != null) {
            log.again(entry.slot, known.seenAgain(named));
            return;
        }
        tellEvidence(named);
        CaptureRow fresh = log.begun(entry.slot, named);
        CaptureListener somebody = listener;
        if (fresh == null) {
            return;
        }
        budget.giveBack(took);
        if (somebody != null) {
            tellCulprit(somebody, fresh);
        }
    }

    /** A capture goes on. It has no name yet where its thread has only waited for a processor when it was looked at. */
    private void held(CaptureFeed.Entry entry) {
        if (log.live(entry.slot, entry.ticket) == null) {
            look(entry);
        }
        NamedCapture named = log.live(entry.slot, entry.ticket);
        if (named != null && named.begun() != null && !named.begun().isWaitKnown()) {
            // Its thread of the system was not found while it ran. What is proven begins now.
            ProcessorUse now = proof().begin(entry.carrier, entry.stood);
            named = now.isWaitKnown() ? named.provenFrom(now) : named;
            log.again(entry.slot, named);
        }
        weigh(entry, named, true);
    }

    /** Whoever asks is about to watch, or has watched. The first time loads classes, before there is a capture. */
    private void answered(CaptureFeed.Entry entry) {
        if (proof == null) {
            proof().begin(Thread.currentThread(), entry.stood);
        }
        feed.heard(entry.ticket);
    }

    private NamedCapture name(CaptureFeed.Entry entry) {
        Thread carrier = entry.carrier;
        if (SchedulerAccess.continuation(carrier) != entry.continuation) {
            return null;
        }
        Thread thread = SchedulerAccess.virtualThread(entry.continuation);
        if (thread == null) {
            return null;
        }
        Thread.State state = thread.getState();
        boolean computes = entry.state == CarrierTable.COMPUTING || entry.state == CarrierTable.SUSPECT;
        boolean watched = CaptureWatch.isAnyOpen();
        StackTraceElement[] stack = SchedulerAccess.stack(thread);
        // Not before: the JVM holds the thread up while its stack is read, for long if this one loses the processor.
        ProcessorUse use = watched ? proof().begin(carrier, entry.stood) : null;
        // What the thread does now is the capture only if it is still there.
        if (stack.length == 0 || SchedulerAccess.continuation(carrier) != entry.continuation) {
            // The stack of a blocked thread can be read at once. For this one the JVM had to wait until it ran.
            if (!computes) {
                feed.found(true);
            }
            return null;
        }
        if (stack.length > MOST_FRAMES) {
            stack = Arrays.copyOf(stack, MOST_FRAMES);
        }
        Culprit culprit = Culprit.of(stack, state, computes, SchedulerAccess.mayMakeDowncalls());
        boolean preempted = culprit == null && entry.look < CaptureFeed.LATE_LOOK;
        if (!computes) {
            feed.found(preempted);
        }
        if (preempted) {
            return null;
        }
        if (culprit == null) {
            culprit = Culprit.ofClassInitialiser(stack);
        }
        if (culprit == null) {
            return null;
        }
        return new NamedCapture(entry.ticket, carrier.getName(), culprit, entry.start, thread.threadId(),
                thread.getName(), stack, watched ? CaptureWatch.of(thread) : null, use);
    }

    private void end(CaptureFeed.Entry entry) {
        going = Math.max(0, going - 1);
        NamedCapture named = log.live(entry.slot, entry.ticket);
        log.ended(entry.slot, named, entry.start, entry.nanos);
        weigh(entry, named, false);
        CaptureListener somebody = listener;
        if (somebody != null) {
            tellCaptured(somebody, entry, named);
        }
    }

    /** Has those who watch hear of it. A capture that began before anybody watched is nobody's. */
    private void weigh(CaptureFeed.Entry entry, NamedCapture named, boolean goesOn) {
        if (named != null && named.begun() != null && CaptureWatch.isAnyOpen()) {
            proof().tell(named, entry, goesOn);
        }
    }

    /** Made for the first one who watches. */
    private CaptureProof proof() {
        if (proof == null) {
            proof = new CaptureProof(feed);
        }
        return proof;
    }

    private void tellEvidence(NamedCapture named) {
        long captures = Math.max(1, unnamed);
        unnamed = 0;
        CaptureEvidence somebody = evidence;
        if (somebody == null) {
            return;
        }
        try {
            somebody.captured(named.stack(), captures, named.start());
        } catch (Throwable survived) {
            // The thread goes on, whatever a listener throws.
        }
    }

    private void tellCulprit(CaptureListener somebody, CaptureRow fresh) {
        try {
            somebody.culprit(fresh);
        } catch (Throwable survived) {
            // The thread goes on, whatever a listener throws.
        }
    }

    private void tellCaptured(CaptureListener somebody, CaptureFeed.Entry entry, NamedCapture named) {
        String carrier = entry.carrier.getName();
        try {
            somebody.captured(named == null
                    ? new Capture(CaptureLog.NOT_LOOKED_AT, CaptureKind.UNKNOWN, entry.start, entry.nanos, 0, "",
                    carrier, new StackTraceElement[0])
                    : new Capture(named.culprit().method(), named.culprit().kind(), entry.start, entry.nanos,
                            named.virtualThread(), named.threadName(), carrier, named.stack()));
        } catch (Throwable survived) {
            // The thread goes on, whatever a listener throws.
        }
    }

    private void starved(CaptureFeed.Entry entry) {
        CaptureListener somebody = listener;
        if (somebody == null) {
            return;
        }
        try {
            somebody.starved(new Starvation(entry.start, entry.nanos, entry.carriers, entry.waiting, log.longest()));
        } catch (Throwable survived) {
            // The thread goes on, whatever a listener throws.
        }
    }
}
