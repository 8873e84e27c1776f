// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.green;

import io.tpool.internal.pool.Thrown;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;

/*
 * The results of an imap, in the order of its input.
 *
 * The input may block, so the consumer never reads it: the reader does, a virtual thread of its own, which also waits
 * for a slot for each item. It exists only while it has something to do. It ends when it is `size` items ahead of the
 * consumer, and the consumer starts another one when it has taken an item. So an iterator that is let go of holds
 * nothing but itself: its items run to their end, the reader runs into the limit, and neither the pool nor a thread
 * knows the iterator any more.
 *
 * The lock of the pool's slots guards all fields. `unreturned` are the items read whose results next() has not returned
 * yet; `ahead` holds them in order, without those that a consumer has in hand and waits for. There is at most one
 * reader: `reading`. It alone touches `items`, and the successor sees what it did, since both held the lock.
 */
public final class GreenMap<A, R> implements Iterator<R> {
    private final Slots slots;
    private final Function<? super A, ? extends R> function;
    private final Condition changed;
    private final ArrayDeque<GreenTask<R>> ahead = new ArrayDeque<>();
    private Iterable<? extends A> input;
    private Iterator<? extends A> items;
    private int unreturned;
    private int consuming;
    private boolean reading;
    private boolean exhausted;
    private Throwable failure;

    public GreenMap(Slots slots, Function<? super A, ? extends R> function, Iterable<? extends A> input) {
        this.slots = slots;
        this.function = function;
        this.input = input;
        changed = slots.lock.newCondition();
    }

    /** Begins to read, ahead of the first call of the consumer. */
    public void begin() {
        slots.lock.lock();
        try {
            slots.refuse();
            startReader();
        } finally {
            slots.lock.unlock();
        }
    }

    @Override
    public boolean hasNext() {
        beginConsuming();
        try {
            awaitItem();
            return !ahead.isEmpty() || failure != null;
        } finally {
            endConsuming();
        }
    }

    @Override
    public R next() {
        beginConsuming();
        try {
            awaitItem();
            if (ahead.isEmpty()) {
                throw endOfInput();
            }
            return result(ahead.poll());
        } finally {
            endConsuming();
        }
    }

    /**
     * Waits outside the lock. Only an item that was returned, or whose exception was thrown, makes room for another.
     */
    private R result(GreenTask<R> head) {
        boolean taken = true;
        slots.lock.unlock();
        try {
            return head.result();
        } catch (InterruptedException e) {
            taken = false;
            throw interrupted();
        } finally {
            slots.lock.lock();
            if (taken) {
                unreturned--;
            } else {
                ahead.addFirst(head);
                changed.signalAll();
            }
        }
    }

    private void beginConsuming() {
        slots.lock.lock();
        slots.quiescence.attend();
        consuming++;
    }

    /** Starts the reader before the pool could look idle: what runs next is covered by waitAll() as what ran before. */
    private void endConsuming() {
        try {
            startReader();
        } catch (Throwable e) {
            // No thread to be had, and a result at hand that must not be lost: the consumer's next call tries again,
            // and throws.
        } finally {
            consuming--;
            slots.quiescence.unattend();
            slots.lock.unlock();
        }
    }

    private void awaitItem() {
        try {
            startReader();
            while (ahead.isEmpty() && !exhausted) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private RuntimeException endOfInput() {
        Throwable thrown = failure;
        failure = null;
        return thrown == null ? new NoSuchElementException("the input of imap has ended") : Thrown.asIs(thrown);
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while waiting for the next result of imap: it can still be had");
    }

    private void startReader() {
        if (!reading && hasRoom()) {
            Thread reader = Thread.ofVirtual().unstarted(this::read);
            reading = true;
            slots.quiescence.attend();
            try {
                reader.start();
            } catch (Throwable e) {
                reading = false;
                slots.quiescence.unattend();
                throw e;
            }
        }
    }

    /** A pool that was resized to 0 still reads the item that a consumer asks for: growth then wakes it. */
    private boolean hasRoom() {
        return !exhausted && (unreturned < slots.size() || consuming > 0 && unreturned == 0);
    }

    private void read() {
        try {
            while (goesOn()) {
                readItem();
            }
        } catch (Throwable e) {
            end(e);
            goesOn();
        }
    }

    private void readItem() {
        if (items == null) {
            items = input.iterator();
        }
        if (!items.hasNext()) {
            end(null);
            return;
        }
        A item = items.next();
        GreenTask<R> task = GreenTask.of(slots, () -> function.apply(item));
        add(task);
        start(task);
    }

    private boolean goesOn() {
        slots.lock.lock();
        try {
            if (hasRoom()) {
                return true;
            }
            reading = false;
            slots.quiescence.unattend();
            return false;
        } finally {
            slots.lock.unlock();
        }
    }

    private void add(GreenTask<R> task) {
        slots.lock.lock();
        try {
            ahead.add(task);
            unreturned++;
            changed.signalAll();
        } finally {
            slots.lock.unlock();
        }
    }

    private void start(GreenTask<R> task) {
        // The reader belongs to nobody who could mean it: only the input can have set the status.
        Thread.interrupted();
        try {
            task.start();
        } catch (Throwable e) {
            task.setException(e);
            end(null);
        }
    }

    /** The input has ended, with this exception or, if it is null, properly. */
    private void end(Throwable e) {
        slots.lock.lock();
        try {
            exhausted = true;
            failure = e;
            items = null;
            input = null;
            changed.signalAll();
        } finally {
            slots.lock.unlock();
        }
    }
}
