// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import io.tpool.internal.jdk.SchedulerAccess;

/** The default scheduler of this JVM. */
final class JdkCarriers implements CarrierView {
    private final RunStates states = new RunStates();

    @Override
    public Object[] queues() {
        return SchedulerAccess.queues();
    }

    @Override
    public Thread owner(Object queue) {
        return SchedulerAccess.owner(queue);
    }

    @Override
    public int base(Object queue) {
        return SchedulerAccess.base(queue);
    }

    @Override
    public int top(Object queue) {
        return SchedulerAccess.top(queue);
    }

    @Override
    public int steals(Object queue) {
        return SchedulerAccess.steals(queue);
    }

    @Override
    public Object continuation(Thread carrier) {
        return SchedulerAccess.continuation(carrier);
    }

    @Override
    public boolean isCompensated(Thread carrier) {
        return SchedulerAccess.isCompensated(carrier);
    }

    @Override
    public long activity() {
        return SchedulerAccess.activity();
    }

    @Override
    public int parallelism() {
        return SchedulerAccess.parallelism();
    }

    @Override
    public int poolSize() {
        return SchedulerAccess.poolSize();
    }

    @Override
    public boolean changeParallelism(int expected, int wanted) {
        return SchedulerAccess.changeParallelism(expected, wanted);
    }

    @Override
    public void signalWork() {
        SchedulerAccess.signalWork();
    }

    @Override
    public boolean canRunNext() {
        return SchedulerAccess.canRunNext();
    }

    @Override
    public boolean runNext(Object queue) {
        return SchedulerAccess.runNext(queue);
    }

    @Override
    public long cpuNanos(Thread carrier) {
        return CpuTimes.of(carrier);
    }

    @Override
    public boolean isCrowded(int mounted, long now) {
        return states.isCrowded(mounted, now);
    }

    @Override
    public RunState runState(int slot, long cpuNanos, long now) {
        return states.of(slot, cpuNanos, now);
    }

    @Override
    public void forget(int slot) {
        states.forget(slot);
    }
}
