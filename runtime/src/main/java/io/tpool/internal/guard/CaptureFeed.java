// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * From the thread that lends to the thread that names: one writer, one reader, a ring of reused entries.
 *
 * <p>The writer fills the entry at {@code written} and publishes it by advancing {@code written}; the reader
 * empties the entry at {@code read}, its references first of all, and gives it back by advancing {@code read}.
 * Each index is written by one side only. A full ring loses entries, which the writer counts: the guard never
 * waits for its own statistics.
 *
 * <p>One thing goes the other way: whether stacks show threads that only wait for a processor, see {@link
 * #isMachineBusy}. The reader writes it, the writer may see it late.
 *
 * <p>Anybody may {@linkplain #ask ask} for what is known by now. With its next look the writer tells of all captures
 * that go on, and then answers; when the reader comes to the answer it has heard of everything before.
 *
 * <p>The reader is woken only when it has said, by {@link #wants}, that it may look at a stack now; whatever else
 * there is for it waits until its next round.
 */
final class CaptureFeed {
    static final byte LOOK = 1;
    static final byte END = 2;
    static final byte STARVED = 3;
    static final byte HELD = 4;
    static final byte ANSWER = 5;
    static final int LATE_LOOK = 3;
    private static final int SIZE = 4096;
    private static final long PREEMPTED_NANOS = 1_000_000_000;
    private static final int WHOLE = 1 << 16;
    private static final int LOOKS = 8;
    private static final long RETRY_NANOS = 1_000_000_000;

    /** What the thread that names is told. */
    static final class Entry {
        byte what;
        int slot;
        long ticket;
        Object continuation;
        Thread carrier;
        long start;
        long nanos;
        /** When the thread was seen where it is for the last time. */
        long seen;
        /** For how long everything may have stood still until then. */
        long stood;
        byte state;
        int look;
        int carriers;
        int waiting;

        void clear() {
            continuation = null;
            carrier = null;
        }
    }

    private final Entry[] ring = new Entry[SIZE];
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    /** By the writer. */
    private long answered;
    private long lookedAt;
    private long before;
    private long stood;
    /** By the reader. */
    private volatile long heard;
    private volatile long lost;
    private volatile long lostNanos;
    private volatile long preemptedAt;
    private volatile boolean machineBusy;
    /** Of the reader: in the mean of some looks, of {@link #WHOLE}. */
    private int preemptedShare;
    private volatile boolean wanted;
    private volatile Thread reader;
    private final BooleanSupplier starter;
    private boolean begun;
    private long startTried;

    /** @param starter starts the reader, or returns false if it cannot be started now */
    CaptureFeed(BooleanSupplier starter) {
        this.starter = starter;
        for (int i = 0; i < SIZE; i++) {
            ring[i] = new Entry();
        }
    }

    /** Has the reader started, if it has not been. */
    void begin() {
        if (begun) {
            return;
        }
        long now = System.nanoTime();
        if (startTried == 0 || now - startTried > RETRY_NANOS) {
            startTried = now == 0 ? 1 : now;
            begun = starter.getAsBoolean();
        }
    }

    /**
     * Has a capture looked at.
     *
     * @param look 1 when it has begun, then 2, and {@link #LATE_LOOK} again and again if it goes on for long
     */
    void look(int slot, long ticket, Object continuation, Thread carrier, long start, byte state, int look) {
        if (goesOn(LOOK, slot, ticket, continuation, carrier, start, state, look) && wanted) {
            wanted = false;
            LockSupport.unpark(reader);
        }
    }

    /** Tells of a capture that goes on. */
    void held(int slot, long ticket, Object continuation, Thread carrier, long start, byte state) {
        goesOn(HELD, slot, ticket, continuation, carrier, start, state, 0);
    }

    private boolean goesOn(byte what, int slot, long ticket, Object continuation, Thread carrier, long start,
            byte state, int look) {
        Entry entry = next();
        if (entry == null) {
            return false;
        }
        entry.what = what;
        entry.slot = slot;
        entry.ticket = ticket;
        entry.continuation = continuation;
        entry.carrier = carrier;
        entry.start = start;
        entry.state = state;
        entry.look = look;
        entry.seen = lookedAt;
        publish();
        return true;
    }

    void end(int slot, long ticket, Thread carrier, long start, long nanos) {
        Entry entry = next();
        if (entry == null) {
            lostNanos = lostNanos + nanos;
            lost = lost + 1;
            return;
        }
        entry.what = END;
        entry.slot = slot;
        entry.ticket = ticket;
        entry.carrier = carrier;
        entry.start = start;
        entry.nanos = nanos;
        entry.seen = before;
        publish();
        if (wanted && CaptureWatch.isAnyOpen()) {
            wanted = false;
            LockSupport.unpark(reader);
        }
    }

    /**
     * Begins a look at the carriers.
     *
     * @param now the time
     * @param standstill for how long everything may have stood still so far
     */
    void looks(long now, long standstill) {
        before = lookedAt;
        lookedAt = now;
        stood = standstill;
    }

    /** By anybody: asks for what is known by now. Returns what {@link #hasHeard} is to be asked for. */
    long ask() {
        return asked.incrementAndGet();
    }

    boolean isAsked() {
        return answered != asked.get();
    }

    /** What is to be answered, to be read before anything is told. */
    long question() {
        return asked.get();
    }

    /** Answers; if there is no room now, the question is still asked at the next look. */
    void answer(long question) {
        Entry entry = next();
        if (entry != null) {
            entry.what = ANSWER;
            entry.ticket = question;
            publish();
            answered = question;
            LockSupport.unpark(reader);
        }
    }

    /** By the reader: it has come to an answer. */
    void heard(long question) {
        heard = question;
    }

    boolean hasHeard(long question) {
        return heard - question >= 0;
    }

    void starved(long start, long nanos, int carriers, int waiting) {
        Entry entry = next();
        if (entry == null) {
            return;
        }
        entry.what = STARVED;
        entry.start = start;
        entry.nanos = nanos;
        entry.carriers = carriers;
        entry.waiting = waiting;
        publish();
    }

    private Entry next() {
        begin();
        long at = written.getPlain();
        if (at - read.getAcquire() == SIZE) {
            return null;
        }
        Entry entry = ring[(int) at & SIZE - 1];
        entry.stood = stood;
        return entry;
    }

    private void publish() {
        // Volatile: the look at "wanted" that follows must not come first, or the reader would miss its call.
        written.set(written.getPlain() + 1);
    }

    /** The entry that is next to be read, or null. By the reader. */
    Entry peek() {
        long at = read.getPlain();
        return at == written.get() ? null : ring[(int) at & SIZE - 1];
    }

    /** Gives back what {@link #peek} returned. */
    void done(Entry entry) {
        entry.clear();
        read.setRelease(read.getPlain() + 1);
    }

    /** Names the reader, which is woken by answers from now on. */
    void readBy(Thread self) {
        reader = self;
    }

    /** Has the reader woken by the next capture. */
    void wants(Thread self) {
        reader = self;
        wanted = true;
    }

    /**
     * By the reader, which has looked at what seemed to be blocked.
     *
     * @param preempted true if it was a thread that waits for a processor, as far as its stack tells
     */
    void found(boolean preempted) {
        preemptedShare += ((preempted ? WHOLE : 0) - preemptedShare) / LOOKS;
        if (preempted) {
            preemptedAt = System.nanoTime();
        }
        machineBusy = preemptedShare > WHOLE / 2;
    }

    /** True if most that seemed to be blocked lately waited for a processor. */
    boolean isMachineBusy(long now) {
        return machineBusy && now - preemptedAt < PREEMPTED_NANOS;
    }

    long lost() {
        return lost;
    }

    long lostNanos() {
        return lostNanos;
    }
}
