// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * One stay of a pool thread in the stack of parked threads. It ends once, when {@link #given} is set by
 * compare-and-set: by a party that wants the thread to look at the queues again, or by the thread itself, which
 * leaves. The compare-and-set decides between the two. So a party whose {@link #give} succeeds knows that the thread
 * will look, and a party that comes after the thread has left looks for another thread.
 */
final class ParkedWorker {
    /** Given with the search for work. */
    static final Object SEARCH = new Object();
    /** Given when the pool has changed. */
    static final Object LOOK = new Object();
    private static final Object LEFT = new Object();
    private static final VarHandle GIVEN;

    static {
        try {
            GIVEN = MethodHandles.lookup().findVarHandle(ParkedWorker.class, "given", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PoolThread thread;
    /** The next lower in the stack; written before the push publishes this one. */
    ParkedWorker below;
    private volatile Object given;

    ParkedWorker(PoolThread thread) {
        this.thread = thread;
    }

    /** True if the thread is not to be had any more. */
    boolean taken() {
        return given != null;
    }

    /** Called by the party that has popped this stay. False if the thread has left. */
    boolean give(Object what) {
        if (!GIVEN.compareAndSet(this, null, what)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    /**
     * As {@link #give}, and wakes the thread even if the stay has ended. The party that ended or popped it may have had
     * no stack left to wake the thread.
     */
    void remind() {
        GIVEN.compareAndSet(this, null, LOOK);
        LockSupport.unpark(thread);
    }

    /** Called by the thread itself. False if the thread has been given something. */
    boolean leave() {
        return GIVEN.compareAndSet(this, null, LEFT);
    }

    /** Called by the thread itself. Returns what it is given, null if that was nothing for so long and it has left. */
    Object await(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (Object found = given; found == null; found = given) {
            long left = deadline - System.nanoTime();
            if (left <= 0 && leave()) {
                return null;
            }
            LockSupport.parkNanos(this, left);
            Thread.interrupted();   // nobody's business: a pool thread has no owner to stop it
        }
        return given;
    }
}
