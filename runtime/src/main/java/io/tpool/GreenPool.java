// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.green.GreenMap;
import io.tpool.internal.green.Slots;
import io.tpool.internal.green.GreenTask;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs tasks in virtual threads, at most so many at a time.
 *
 * <pre>{@code
 * GreenPool pool = new GreenPool(200);
 * Iterator<String> titles = pool.imap(this::fetchTitle, urls);     // 200 at a time, in the order of urls
 * while (titles.hasNext()) {
 *     System.out.println(titles.next());
 * }
 * }</pre>
 *
 * <p>Each task gets a new virtual thread, which inherits from the thread that spawned it. A <i>member</i> is a task
 * that runs in the pool. It holds one of its slots from the moment it is admitted until it has ended, also while it
 * waits. Whoever waits for a slot gets it in the order of arrival.
 *
 * <h2>Members that spawn</h2>
 * A member that spawns on its own full pool would wait for a slot that it holds itself. It does not: its task runs in
 * its place, in a virtual thread of its own, beyond the limit, while the member waits in {@code spawn} until the task
 * has ended or a slot is free. The same holds for every thread that a member started, and for the threads and tasks of
 * other pools that those started, as long as the member runs: the member might be waiting for them; and for a member
 * that waits for a result of {@code imap} or of a {@link GreenPile} whose task waits for a slot. A member lends its
 * place to one task at a time, further ones wait their turn. If then no task of the pool ends for 100 ms the tasks
 * might be waiting for each other, and one more goes on. So spawning by members never deadlocks; {@link #running()} may
 * exceed the size by what they spawned, and {@link #free()} be negative.
 *
 * <p>That a thread descends from a member is handed on by an inheritable thread local. It is therefore not known of a
 * thread whose builder was told not to inherit ({@link Thread.Builder#inheritInheritableThreadLocals}), and of a thread
 * that existed before, such as one of {@code ForkJoinPool.commonPool()}: these wait for a slot like everybody else, and
 * a member must not wait for them. {@code Executors.newVirtualThreadPerTaskExecutor()} and
 * {@code newThreadPerTaskExecutor} start a thread for each task and are fine. A thread that a member started and that
 * lives longer is nobody's once the member has ended.
 *
 * <h2>Interrupts</h2>
 * A thread that is interrupted while it waits in one of the methods here, or is interrupted already when it would have
 * to wait, gets a {@link CancellationException}, which needs no declaration, so that all of them can be called in a
 * lambda. Its interrupt status stays set. A call that need not wait pays no heed to interrupts. To interrupt a task,
 * cancel its future.
 *
 * <p>All methods are safe for use by several threads. A pool needs no closing: it holds no thread and no memory while
 * nothing runs.
 *
 * <p>Modelled on eventlet's {@code GreenPool}.
 *
 * @since 1.0
 */
public final class GreenPool implements AutoCloseable {
    private final Slots slots;

    /**
     * A pool that runs so many tasks at a time.
     *
     * @param size at least 0; a pool of size 0 runs nothing until it is {@linkplain #resize resized}
     * @throws IllegalArgumentException if the size is negative
     */
    public GreenPool(int size) {
        slots = new Slots(checked(size));
    }

    /**
     * Runs a task in a virtual thread of its own, and waits for a slot if there is none.
     *
     * @param <T> type of the result
     * @param task what to run, not null
     * @return the result: {@code get()} throws an {@code ExecutionException} whose cause is the very object that the
     *     task threw. Cancelling
     *     interrupts the task if asked to; its slot is free when it has really ended
     * @throws RejectedExecutionException if the pool is closed, or is closed while the caller waits; or if its size is
     *     0 and the
     *     caller descends from no member, since such a call would wait for ever
     * @throws CancellationException if the calling thread is interrupted while it waits: the task does not run then
     */
    public <T> Future<T> spawn(Callable<T> task) {
        GreenTask<T> green = GreenTask.of(slots, Objects.requireNonNull(task, "task"));
        green.spawn();
        return green;
    }

    /**
     * As {@link #spawn}, for a task whose end nobody asks for. What it throws goes to the uncaught exception handler of
     * its thread, which prints it unless the application has set another one.
     *
     * @param task what to run, not null
     * @throws RejectedExecutionException as {@link #spawn}
     * @throws CancellationException as {@link #spawn}
     */
    public void spawnN(Runnable task) {
        GreenTask.detached(slots, Objects.requireNonNull(task, "task")).spawn();
    }

    /**
     * Applies a function to every item of an input, each in a virtual thread of its own and within the limit of this
     * pool, and hands on the results in the order of the input.
     *
     * <p>Reading the input begins at once and goes on ahead of the consumer, by at most as many items as the pool has
     * slots; so memory is constant however long the input. The input is read in virtual threads of the pool's, by one
     * at a time. It may block, and may depend on results handed out before.
     *
     * <p>{@code next()} throws the exception of an item at that item's place, as the very object, and the iteration can
     * go on. An exception of the input itself ends the iteration: it is thrown after the results of all items read
     * before it. If the pool is closed, the first item that could not run ends the iteration with
     * {@link RejectedExecutionException}. An iterator may be let go of at any time: what it has started runs to its
     * end, and nothing remains.
     *
     * <p>{@code hasNext()} waits until the input has yielded an item or ended; {@code next()} until the result is
     * there. If interrupted they throw {@link CancellationException}; the result can be asked for again. The iterator
     * is meant for one consumer, which may be any thread.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function what to do with an item, not null; may return null
     * @param input the items, not null; they themselves may be null
     * @return the results, in the order of the input
     * @throws RejectedExecutionException if the pool is closed, or of size 0
     */
    public <A, R> Iterator<R> imap(Function<? super A, ? extends R> function, Iterable<? extends A> input) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(input, "input");
        GreenMap<A, R> results = new GreenMap<>(slots, function, input);
        results.begin();
        return results;
    }

    /**
     * As {@link #imap} for a function of two arguments, which each item of the input brings along.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <R> type of the results
     * @param function what to do with the key and the value of an item, not null
     * @param input the arguments, not null; an item that is null fails with a {@code NullPointerException} at its place
     * @return the results, in the order of the input
     * @throws RejectedExecutionException as {@link #imap}
     */
    public <A, B, R> Iterator<R> starmap(BiFunction<? super A, ? super B, ? extends R> function,
            Iterable<? extends Map.Entry<A, B>> input) {
        Objects.requireNonNull(function, "function");
        return this.<Map.Entry<A, B>, R>imap(arguments -> function.apply(arguments.getKey(), arguments.getValue()),
                input);
    }

    /**
     * Waits until no task runs or waits for a slot, and no {@code imap} is about to start one; returns at the first
     * such moment. An {@code imap} that waits for its consumer is not waited for.
     *
     * @throws IllegalStateException if called by a member, or by a thread that descends from a running member: it would
     *     wait for itself
     * @throws CancellationException if the calling thread is interrupted while it waits
     */
    public void waitAll() {
        slots.awaitIdle();
    }

    /** {@return how many tasks hold a slot or run beyond the limit} */
    public int running() {
        return slots.running();
    }

    /** {@return how many tasks wait for a slot} */
    public int waiting() {
        return slots.waiting();
    }

    /** {@return how many tasks could start without waiting; negative while more run than the size allows} */
    public int free() {
        return slots.free();
    }

    /**
     * Changes the size, at once: growing lets in who waits; after shrinking, what runs goes on, and nobody is let in
     * until fewer run than the new size.
     *
     * @param size at least 0; at 0 who waits already goes on waiting, and who comes is refused
     * @throws IllegalArgumentException if the size is negative
     */
    public void resize(int size) {
        slots.resize(checked(size));
    }

    /**
     * Refuses all further tasks, and those that wait for a slot. What runs goes on: call {@link #waitAll()} before to
     * let all waiting tasks run, and after to see the running ones end. Does not wait; a second call does nothing.
     */
    @Override
    public void close() {
        slots.close();
    }

    Slots slots() {
        return slots;
    }

    private static int checked(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("size of a GreenPool: " + size
                    + " is negative; 0 runs nothing, 1 or more is meant");
        }
        return size;
    }
}
