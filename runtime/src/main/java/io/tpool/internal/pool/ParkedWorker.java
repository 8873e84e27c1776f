// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * One stay of a pool thread in the stack of idle threads: a slot that is filled once, by somebody who wants the thread
 * to look again, or by the thread itself when it leaves. Whoever fills it by compare-and-set has decided what happens
 * next, so a thread that leaves is not counted on.
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

    /** By whoever has popped this slot; false if the thread has left it. */
    boolean give(Object what) {
        if (!GIVEN.compareAndSet(this, null, what)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    /**
     * As {@link #give}, whether or not the slot is filled: whoever filled it, or popped it, may have had no stack left
     * to wake the thread.
     */
    void remind() {
        GIVEN.compareAndSet(this, null, LOOK);
        LockSupport.unpark(thread);
    }

    /** By the thread itself; false if it has been given something. */
    boolean leave() {
        return GIVEN.compareAndSet(this, null, LEFT);
    }

    /** By the thread itself: what it is given, or null if it was given nothing for that long and has left. */
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
