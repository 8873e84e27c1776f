// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A scheduler whose carriers do what a test says. */
final class FakeScheduler implements CarrierView {
    /** A queue and its carrier. */
    static final class Queue {
        final Thread owner;
        volatile int base;
        volatile int top;
        int steals;
        Object continuation;
        boolean compensated;
        long cpu;
        /** True if each look finds that it has used all the time since the last one. */
        boolean computes;
        /** What the system knows of its carrier where threads have to wait for a processor. */
        RunState state = RunState.UNKNOWN;

        Queue(boolean carrier) {
            owner = carrier ? new Thread(() -> { }) : null;
        }

        /** The carrier takes something from elsewhere and mounts it. */
        void mounts(Object what) {
            continuation = what;
            steals++;
        }
    }

    final Queue[] queues;
    private final Map<Thread, Queue> carriers = new IdentityHashMap<>();
    int parallelism;
    int signals;
    long activity = Long.MIN_VALUE;
    int looks;
    Error startFails;
    boolean cpuKnown = true;
    boolean crowded;
    /** What a helper does with a queue; null where this scheduler knows no helpers. */
    Predicate<Queue> runsNext;

    /** The first queue is one of submitters, the others have carriers. */
    FakeScheduler(int carriers) {
        this(carriers, 64);
    }

    FakeScheduler(int carriers, int queues) {
        parallelism = carriers;
        this.queues = new Queue[queues];
        fill();
    }

    private void fill() {
        queues[0] = new Queue(false);
        for (int i = 1; i < queues.length; i++) {
            queues[i] = new Queue(true);
            carriers.put(queues[i].owner, queues[i]);
        }
    }

    @Override
    public Object[] queues() {
        return queues;
    }

    @Override
    public Thread owner(Object queue) {
        return ((Queue) queue).owner;
    }

    @Override
    public int base(Object queue) {
        return ((Queue) queue).base;
    }

    @Override
    public int top(Object queue) {
        return ((Queue) queue).top;
    }

    @Override
    public int steals(Object queue) {
        return ((Queue) queue).steals;
    }

    @Override
    public Object continuation(Thread carrier) {
        looks++;
        Queue queue = carriers.get(carrier);
        return queue == null ? null : queue.continuation;
    }

    @Override
    public boolean isCompensated(Thread carrier) {
        return carriers.get(carrier).compensated;
    }

    @Override
    public long activity() {
        return activity;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public int poolSize() {
        return 2;
    }

    @Override
    public boolean changeParallelism(int expected, int wanted) {
        if (parallelism != expected) {
            return false;
        }
        parallelism = wanted;
        return true;
    }

    @Override
    public void signalWork() {
        signals++;
        if (startFails != null) {
            throw startFails;
        }
    }

    @Override
    public boolean canRunNext() {
        return runsNext != null;
    }

    @Override
    public boolean runNext(Object queue) {
        return runsNext.test((Queue) queue);
    }

    @Override
    public long cpuNanos(Thread carrier) {
        return cpuKnown ? carriers.get(carrier).cpu : CpuTimes.UNKNOWN;
    }

    @Override
    public boolean isCrowded(int mounted, long now) {
        return crowded;
    }

    @Override
    public RunState runState(int slot, long cpuNanos, long now) {
        return queues[slot - QueueHelpers.MOST].state;
    }

    @Override
    public void forget(int slot) {
        if (slot >= QueueHelpers.MOST + queues.length) {
            throw new AssertionError("no such slot: " + slot);
        }
    }

    /** Time goes by for the carriers that compute. */
    void passes(long nanos) {
        for (Queue queue : queues) {
            if (queue.computes) {
                queue.cpu += nanos;
            }
        }
    }
}
