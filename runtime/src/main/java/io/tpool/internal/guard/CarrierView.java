// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/** What the guard sees of a scheduler. One for the JDK's, and one for tests. */
interface CarrierView {
    /** The scheduler's queues, with gaps; null before the first submission. The array is replaced when it grows. */
    Object[] queues();

    /** The carrier that the queue belongs to; null for a queue of submitters. */
    Thread owner(Object queue);

    /** Tasks taken from the queue so far. */
    int base(Object queue);

    /** Tasks put into the queue so far. */
    int top(Object queue);

    /** Tasks that the queue's owner has taken elsewhere so far. */
    int steals(Object queue);

    /** What the carrier has mounted, or null. */
    Object continuation(Thread carrier);

    /** True if the JDK itself has made up for the carrier. */
    boolean isCompensated(Thread carrier);

    /**
     * The same value again only if no carrier has come to rest or gone to work; Long.MIN_VALUE if that is not known.
     */
    long activity();

    /** Carriers that the scheduler may use. */
    int parallelism();

    /** Carriers that there are. */
    int poolSize();

    /** Changes the parallelism; false if it was not what is expected. */
    boolean changeParallelism(int expected, int wanted);

    /**
     * Wakes or starts a carrier if the parallelism allows one more. Throws what a failed start of a thread throws.
     */
    void signalWork();

    /** True if {@link #runNext} works here. */
    boolean canRunNext();

    /**
     * Takes a task of the queue, the newest one if that can be, and runs it on the calling thread; false if there is
     * none.
     */
    boolean runNext(Object queue);

    /** CPU time of the carrier in nanoseconds; negative where it is not known, or not known yet. */
    long cpuNanos(Thread carrier);

    /**
     * True if threads may have to wait for a processor because of others than those that carriers have mounted; false
     * where that is not known.
     */
    boolean isCrowded(int mounted, long now);

    /** What the carrier in a slot of the table does, which has used so much CPU time and uses none at the moment. */
    RunState runState(int slot, long cpuNanos, long now);

    /** The slot has another carrier from now on, or none. */
    void forget(int slot);
}
