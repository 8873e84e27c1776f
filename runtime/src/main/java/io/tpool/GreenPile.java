// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.green.Slots;
import io.tpool.internal.green.GreenTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pile of tasks whose results come back in the order in which the tasks were spawned.
 *
 * <pre>{@code
 * GreenPile<String> pile = new GreenPile<>(10);
 * for (URI page : pages) {
 *     pile.spawn(() -> fetch(page));
 * }
 * for (String body : pile) {
 *     …
 * }
 * }</pre>
 *
 * <p>A pile has a {@link GreenPool} of its own, or shares one with others. Results wait on the pile until they are
 * taken: what is spawned and never iterated over stays in memory as long as the pile.
 *
 * <p>Safe for use by several threads. Tasks spawned by one thread keep that thread's order. The pile ends for an
 * iterator when nothing is on it and nobody is about to spawn; so a thread that iterates while another one still spawns
 * may see the end early. If several threads iterate, each result goes to one of them, and {@code next()} may find that
 * another one took what {@code hasNext()} saw.
 *
 * <p>Modelled on eventlet's {@code GreenPile}.
 *
 * @param <T> type of the results
 * @since 1.0
 */
public final class GreenPile<T> implements Iterable<T> {
    private final Slots slots;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /**
     * Tasks started, in order; and those whose spawner still waits. Both guarded by the lock, which is taken before
     * that of the slots.
     */
    private final ArrayDeque<GreenTask<T>> started = new ArrayDeque<>();
    private final List<GreenTask<T>> starting = new ArrayList<>();

    /**
     * A pile with a pool of its own.
     *
     * @param size tasks that run at a time, at least 1
     * @throws IllegalArgumentException if the size is less than 1: nobody could resize the pool of such a pile
     */
    public GreenPile(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("GreenPile(" + size + "): the size must be at least 1");
        }
        slots = new Slots(size);
    }

    /**
     * A pile of tasks in a pool that others use as well.
     *
     * @param pool the pool, not null; closing it also ends spawning on this pile
     */
    public GreenPile(GreenPool pool) {
        slots = Objects.requireNonNull(pool, "pool").slots();
    }

    /**
     * Runs a task in a virtual thread of its own; its result is the iterator's next after those spawned before. Waits
     * while the pool is full, as {@link GreenPool#spawn}.
     *
     * @param task what to run, not null; may throw, and return null
     * @throws RejectedExecutionException if the pool is closed, or of size 0
     * @throws CancellationException if the calling thread is interrupted while it waits; its interrupt status stays
     *     set, the task
     *     does not run, and the pile is as it was
     */
    public void spawn(Callable<T> task) {
        GreenTask<T> green = GreenTask.of(slots, Objects.requireNonNull(task, "task"));
        change(() -> starting.add(green));
        boolean ok = false;
        try {
            green.spawn();
            ok = true;
        } finally {
            boolean runs = ok;
            change(() -> {
                starting.remove(green);
                if (runs) {
                    started.add(green);
                }
            });
        }
    }

    /**
     * Takes the results off the pile, in spawn order. {@code hasNext()} is false when the pile is empty, and waits only
     * for a thread that is just spawning; {@code next()} waits for the result, and throws the very exception that the
     * task threw, a checked one too, after which the iteration can go on. Both throw {@link CancellationException} if
     * the calling thread is interrupted while it waits: its interrupt status stays set, and the result stays on the
     * pile.
     *
     * @return an iterator over what is on the pile, not a copy: what one iterator has taken no other one returns
     */
    @Override
    public Iterator<T> iterator() {
        return new Results();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Results implements Iterator<T> {
        @Override
        public boolean hasNext() {
            lock.lock();
            try {
                awaitStarted();
                return !started.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public T next() {
            GreenTask<T> task = take();
            try {
                return task.result();
            } catch (InterruptedException e) {
                change(() -> started.addFirst(task));
                throw interrupted();
            }
        }

        private GreenTask<T> take() {
            lock.lock();
            try {
                awaitStarted();
                if (started.isEmpty()) {
                    throw new NoSuchElementException("the GreenPile is empty");
                }
                return started.poll();
            } finally {
                lock.unlock();
            }
        }

        private void awaitStarted() {
            try {
                while (started.isEmpty() && !starting.isEmpty()) {
                    starting.forEach(GreenTask::announceWaiter);
                    changed.await();
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        private static CancellationException interrupted() {
            Thread.currentThread().interrupt();
            return new CancellationException(
                    "interrupted while waiting for the next result of a GreenPile: it can still be had");
        }
    }
}
