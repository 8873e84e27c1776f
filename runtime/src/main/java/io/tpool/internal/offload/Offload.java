// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;
import java.util.concurrent.Callable;

/**
 * The decision what happens to a call: behind it, the move and the hand-off; in front of it, woven code and the API.
 *
 * @since 1.0
 */
public final class Offload {
    private static volatile boolean enabled = true;

    private static volatile OffloadRecorder recorder;

    private Offload() {
    }

    /**
     * Lets calls of woven methods be taken down one by one, from the next call on.
     *
     * @param taker null for nobody
     */
    public static void recordTo(OffloadRecorder taker) {
        recorder = taker;
    }

    /** What the recorder gives for a call that begins; null if nobody records it. */
    static Object recording(ListedMethod method) {
        OffloadRecorder taker = recorder;
        return taker == null || method == null || !method.recorded() ? null : taker.begin();
    }

    static void record(Object recorded, ListedMethod method, Outcome outcome, long waited, long ran,
            PoolThread thread) {
        OffloadRecorder taker = recorder;
        if (taker != null) {
            taker.end(recorded, method.name(), method.pool().name(), method.mode(), outcome, waited, ran,
                    thread == null ? null : thread.getName(), thread == null ? -1 : thread.osThreadId());
        }
    }

    /**
     * Tells whether woven methods are offloaded at all.
     *
     * @return false while every call passes straight through
     */
    public static boolean enabled() {
        return enabled;
    }

    /**
     * Switches the offloading of woven methods on or off, from the next call on.
     *
     * @param on false to let every call pass straight through
     */
    public static void enable(boolean on) {
        enabled = on;
        ListedMethods.refresh();
    }

    /**
     * Begins a call of a woven method by a virtual thread, in mode {@link Mode#AUTO} or {@link Mode#TPOOL}.
     *
     * @param number of the listed method
     * @param thread the current thread, virtual
     * @return what {@link #end} takes; null if the call runs where it is and nothing is to be ended
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    public static Object begin(int number, Thread thread) {
        ListedMethod method = ListedMethods.get(number);
        long[] staying = method == null ? null : method.staying();
        if (staying != null) {
            StayCounter.increment(staying);
            return null;
        }
        return leave(method, thread);
    }

    private static Object leave(ListedMethod method, Thread thread) {
        if (method == null || !enabled) {
            return null;
        }
        LearnedPolicy policy = method.policy();
        if (policy != null && policy.stays()) {
            policy.count();
            return Learning.isGuarded() ? null : new TimedStay(policy);
        }
        if (!VirtualThreads.isMovable(thread)) {
            return null;
        }
        return begin(method.pool(), method, thread);
    }

    private static Object begin(Pool pool, ListedMethod method, Thread thread) {
        try {
            return ThreadMove.begin(pool, method, thread);
        } catch (OutOfMemoryError | StackOverflowError noRoom) {
            return null;
        }
    }

    /**
     * Ends what {@link #begin} began.
     *
     * @param begun its answer, not null
     * @param thrown what the body threw, or null
     */
    public static void end(Object begun, Throwable thrown) {
        if (begun instanceof ThreadMove move) {
            try {
                move.end(thrown);
            } catch (StackOverflowError noRoom) {
                move.phase = ThreadMove.HOME;   // the thread is at home when it next unmounts
            }
        } else if (begun instanceof TimedStay stay) {
            stay.end();
        } else if (begun instanceof InPlaceCall inPlace) {
            inPlace.end(thrown);
        }
    }

    /**
     * Runs a task on a pool thread, for the API: a virtual thread moves there where this JDK allows, any other caller
     * waits while a pool thread runs it. A caller that is on a pool thread already runs it itself.
     *
     * @param <T> type of the value
     * @param pool where
     * @param task what
     * @return its value
     * @throws Exception the very object that the task threw
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    public static <T> T call(Pool pool, Callable<T> task) throws Exception {
        Thread thread = Thread.currentThread();
        if (!thread.isVirtual() || !canMove(thread)) {
            return BlockingHandOff.call(pool, null, task, task);
        }
        Object begun = begin(pool, null, thread);
        Throwable thrown = null;
        try {
            return task.call();
        } catch (Throwable e) {
            thrown = e;
            throw e;
        } finally {
            if (begun != null) {
                try {
                    end(begun, thrown);
                } catch (StackOverflowError noRoom) {   // not even for the call of end(), which would do the same
                    if (begun instanceof ThreadMove move) {
                        move.phase = ThreadMove.HOME;
                    }
                }
            }
        }
    }

    /**
     * Runs a task on a pool thread, for the API, and waits for it no longer than so long. It is always handed off: a
     * thread that has moved could not leave. A caller that is on a pool thread already runs it itself, without a
     * limit; so does one whom the pool lets run it in place.
     *
     * @param <T> type of the value
     * @param pool where
     * @param task what
     * @param nanos the limit, nanoseconds
     * @return its value
     * @throws java.util.concurrent.TimeoutException if it has not ended by then: it is dropped if it has not begun,
     *     and else runs on
     * @throws Exception the very object that the task threw
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    public static <T> T call(Pool pool, Callable<T> task, long nanos) throws Exception {
        Thread thread = Thread.currentThread();
        if (thread.isVirtual() && VirtualThreads.problem() == null && ThreadMove.isAboard(thread)) {
            return task.call();
        }
        return BlockingHandOff.call(pool, task, nanos);
    }

    /**
     * Has a pool thread run a task some time, for the API. Where the pool lets calls run in place, it has run when
     * this returns.
     *
     * @param pool where
     * @param task what; what it throws goes to the uncaught exception handler of the pool thread
     * @throws java.util.concurrent.RejectedExecutionException if the pool is saturated and its policy is to reject
     */
    public static void post(Pool pool, Runnable task) {
        PostedTask posted = new PostedTask(pool, task);
        switch (pool.submit(posted)) {
            case TAKEN -> { }
            case INPLACE -> {
                InPlaceCall stay = new InPlaceCall(null, Outcome.IN_PLACE, null);
                try {
                    posted.run();
                } finally {
                    stay.end(null);
                }
            }
            case REJECT -> throw InPlaceCall.rejected(null, pool, null);
        }
    }

    static boolean canMove(Thread thread) {
        return VirtualThreads.problem() == null && VirtualThreads.isMovable(thread) && SelfTest.problem() == null;
    }
}
