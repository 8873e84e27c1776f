// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that are threads. They live from round to round, so that what a round costs is its calls.
 *
 * <p>The runner writes what is to be done and then {@link #round}, and unparks the callers; each does it, adds to
 * {@link #made} and then takes itself off {@link #left}; the last unparks the runner.
 */
final class Threads implements Crowd {
    private final Caller caller;
    private final Pace pace;
    private final List<? extends Work> works;
    private final Thread[] callers;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final LongAdder made = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int calls;
    private long until;
    private boolean closing;
    private Thread runner;
    private volatile int round;

    Threads(List<? extends Work> works, Caller caller, Pace pace) {
        this.caller = caller;
        this.pace = pace;
        this.works = works;
        callers = new Thread[works.size()];
        for (int i = 0; i < callers.length; i++) {
            Work work = works.get(i);
            callers[i] = caller.factory().newThread(() -> live(work));
            callers[i].start();
        }
    }

    private void live(Work work) {
        for (int seen = 0;; seen++) {
            while (round == seen) {
                LockSupport.park(this);
            }
            if (closing) {
                return;
            }
            begun.incrementAndGet();
            try {
                made.add(Crowd.calls(caller.step(), work, calls, until, pace));
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            }
            if (left.decrementAndGet() == 0) {
                LockSupport.unpark(runner);
            }
        }
    }

    @Override
    public long run(int callsOfEach, long untilNanos) throws Exception {
        calls = callsOfEach;
        until = untilNanos;
        runner = Thread.currentThread();
        begun.set(0);
        left.set(callers.length);
        next();
        while (left.get() > 0) {
            LockSupport.park(this);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed", failure.get());
        }
        return made.sumThenReset();
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")   // one runner
    private void next() {
        round = round + 1;
        for (Thread thread : callers) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public int begun() {
        return begun.get();
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        next();
        try {
            for (Thread thread : callers) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the measurements", e);
        }
        for (Work work : works) {
            work.close();
        }
        caller.close();
    }
}
