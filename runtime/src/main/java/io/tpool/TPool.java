// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.api.AgentPool;
import io.tpool.internal.api.LocalPool;
import io.tpool.internal.api.PoolOperations;
import io.tpool.internal.api.SharedPool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import io.tpool.internal.proxy.Calls;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A pool of platform threads for calls that block: while one runs, the carrier of its caller is free for other virtual
 * threads.
 *
 * <pre>{@code
 * Image image = TPool.shared().execute(() -> codec.decode(bytes));
 * }</pre>
 *
 * <h2>Where a task runs</h2>
 * <ul>
 * <li>Called from a virtual thread: the thread itself moves to a pool thread and back home afterwards, where this JDK
 * allows that. For the
 *     task nothing changes: the same {@code Thread.currentThread()}, thread locals, locks held, interrupt status.
 * <li>Where it does not (without the agent, say, since the JDK has to be opened for that), and from a platform thread:
 * a pool thread runs the
 *     task while the caller waits. It sees the caller's context class loader, but the pool thread as
 *     {@code Thread.currentThread()}.
 * <li>Called from a thread that is on a pool thread already: where it is.
 * <li>From a virtual thread that cannot leave its carrier, because of a native frame below say: where it is, while the
 * JDK adds a carrier if it can.
 * </ul>
 *
 * <p>Threads are started on demand and are daemons. Callers wait in the order in which they came. If no call completes
 * for 100 ms while others wait, the pool grows beyond its size, so that calls that depend on each other cannot block
 * it.
 *
 * <h2>Interrupts</h2>
 * An interrupt of the caller is an interrupt of the task, and makes no method here return early. A task that does not
 * heed it runs to its end; the interrupt status of the caller is then what the task left.
 *
 * <p>All methods are safe for use by several threads, pool threads among them. A pool keeps nothing that it has run
 * alive.
 *
 * <p>Modelled on eventlet's {@code tpool}.
 *
 * @since 1.0
 */
public final class TPool implements AutoCloseable {
    private static final int LONGEST_NAME = 64;

    private final PoolOperations pool;
    private final Calls calls = this::execute;
    private final Executor executor = this::post;

    private TPool(PoolOperations pool) {
        this.pool = pool;
    }

    private static final class Shared {
        static final TPool INSTANCE = new TPool(SharedPool.findOrDefine());
    }

    /**
     * The default pool of this JVM; with the agent attached, the agent's, also where the application has a copy of this
     * class of its own, on its module path say. Without the agent it has {@value PoolConfig#DEFAULT_SIZE} threads, and
     * at most {@value PoolConfig#DEFAULT_MAX}, unless the system properties {@code tpool.pool.size} and
     * {@code tpool.pool.max}, or the environment variables {@code TPOOL_POOL_SIZE} and {@code TPOOL_POOL_MAX}, say
     * otherwise.
     *
     * @return always the same
     */
    public static TPool shared() {
        return Shared.INSTANCE;
    }

    /**
     * Makes a pool of one's own.
     *
     * @param name appears in the names of its threads and in JMX: at most 64 letters, digits, dots, dashes and
     *     underscores, the first a
     *     letter; that of no other pool
     * @param size threads it uses when all goes well, 1 to {@value PoolConfig#LARGEST}
     * @return a pool without threads yet
     * @throws IllegalArgumentException if there is a pool of that name, the agent's among them; or if the name or the
     *     size is none
     */
    public static TPool create(String name, int size) {
        Objects.requireNonNull(name, "name");
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot name a pool: use up to " + LONGEST_NAME
                    + " letters, digits, '.', '-' and '_', a letter first");
        }
        PoolOperations agents = AgentPool.create(name, size);
        return new TPool(agents != null ? agents : new LocalPool(Pools.create(PoolConfig.of(name, size)), false));
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && Character.isLetter(name.charAt(0))
                && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
    }

    /**
     * Runs a task in the pool and waits for it.
     *
     * @param <T> type of the value
     * @param task what to run, not null; may return null
     * @return its value
     * @throws Exception the very object that the task threw, whatever Throwable it is
     * @throws RejectedExecutionException if the pool is closed, or saturated and configured to reject
     */
    public <T> T execute(Callable<T> task) throws Exception {
        Objects.requireNonNull(task, "task");
        return pool.execute(task);
    }

    /**
     * Runs a task in the pool and waits for it, but no longer than so long. A task that has not begun by then is
     * dropped and never runs. One that has begun runs on, and keeps its thread until it ends; what becomes of it nobody
     * learns.
     *
     * <p>The task is always handed to a pool thread, and sees that one as {@code Thread.currentThread()}: a thread that
     * had moved could not leave. Called from a pool thread it runs in place, and without a limit.
     *
     * @param <T> type of the value
     * @param task what to run, not null
     * @param timeout how long to wait, not null; if zero or negative there is no time left, and the task does not run
     * @return its value
     * @throws TimeoutException if the task has not ended in time
     * @throws Exception the very object that the task threw, which may be a {@code TimeoutException} too
     * @throws RejectedExecutionException if the pool is closed, or saturated and configured to reject
     */
    public <T> T execute(Callable<T> task, Duration timeout) throws Exception {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(timeout, "timeout");
        return pool.execute(task, timeout);
    }

    /**
     * Changes the number of threads that the pool uses when all goes well: at once, also for callers already waiting.
     *
     * @param size 1 to {@value PoolConfig#LARGEST}
     * @throws IllegalArgumentException if it is out of range
     */
    public void resize(int size) {
        pool.resize(size);
    }

    /**
     * Returns the number of threads that the pool uses when all goes well.
     *
     * @return at least 1
     */
    public int size() {
        return pool.size();
    }

    /**
     * Lets all threads end. What runs and what waits is finished first; the next call starts new threads. When this
     * returns, the threads that had nothing to do have ended; it does not wait for the others. Safe from any thread,
     * also one of the pool's, and while others call.
     */
    public void killAll() {
        pool.killAll();
    }

    /**
     * Ends the pool, unless it is the {@linkplain #shared shared} one, which goes on as if nothing had been said.
     * Refuses further calls; what runs and what waits is finished; threads end as in {@link #killAll}. The name can be
     * used again. A second call does nothing.
     */
    @Override
    public void close() {
        pool.close();
    }

    /**
     * The pool as an executor: {@code execute} returns at once, and a pool thread runs the task some time. It sees the
     * context class loader of the caller of {@code execute}. What it throws goes to the uncaught exception handler.
     * {@code execute} throws {@link RejectedExecutionException} if the pool is closed, or saturated and configured to
     * reject.
     *
     * @return always the same
     */
    public Executor executor() {
        return executor;
    }

    private void post(Runnable task) {
        Objects.requireNonNull(task, "task");
        pool.post(task);
    }

    /**
     * Makes an object whose every method, default methods included, runs in this pool, on the target, as by
     * {@link #execute}. {@code equals}, {@code hashCode} and {@code toString} run in the caller; proxies are equal if
     * their targets are.
     *
     * <p>A method throws the very object that the target's throws. A target that returns itself returns the proxy. An
     * iterator, a spliterator or a stream that the target returns is wrapped too, so that it advances in the pool. To
     * wrap other results as well use {@link #proxyBuilder}. Arguments are passed as they are.
     *
     * <p>Not {@code public} interfaces and those of any class loader will do. The pool does not keep the target alive;
     * the proxy does.
     *
     * @param <I> the interface
     * @param type the interface, not null
     * @param target what the calls go to, not null; if it is a proxy already, the result is wrapped once all the same
     * @return the proxy
     * @throws IllegalArgumentException if {@code type} is not an interface, or one that only certain classes can
     *     implement: sealed, hidden, or in
     *     a package that its module keeps to itself
     */
    public <I> I proxy(Class<I> type, I target) {
        return proxyBuilder(type, target).build();
    }

    /**
     * As {@link #proxy}, where one can say which results are to be wrapped too.
     *
     * @param <I> the interface
     * @param type the interface, not null
     * @param target what the calls go to, not null
     * @return a builder, whose {@link ProxyBuilder#build} makes the proxy
     * @throws IllegalArgumentException as {@link #proxy}
     */
    public <I> ProxyBuilder<I> proxyBuilder(Class<I> type, I target) {
        return new ProxyBuilder<>(type, target, calls);
    }

    /** For people. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
