// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import io.tpool.internal.jdk.VirtualThreads;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that watches the pools whose tasks wait. It adds a thread to a pool in which no task gets done, and
 * {@linkplain Workers#remindParked reminds} the pool's parked threads to look at the queues.
 *
 * <p>A bounded pool deadlocks where all its threads run calls that wait for a call in the queue. So a pool grows beyond
 * its size when it makes no progress: one more thread starts when tasks wait and none has been completed for
 * {@link #STALL_NANOS}.
 *
 * <h2>Protocol</h2>
 * Each pool has one {@link Watched}, made with the pool, so {@link #attend} allocates nothing unless the detector has
 * to be started.
 * <ul>
 * <li>A Watched is <i>attended</i> from the compare-and-set in attend() until the detector clears the flag. Whoever
 *     sets the flag pushes the Watched onto {@link #arrivals}; only the detector takes it from there, and only the
 *     detector clears the flag. So a Watched is in one list at a time, and its other fields belong to whoever has it.
 * <li>attend() pushes, then reads {@link #dozing}. The detector sets dozing, then looks at the arrivals, then parks.
 * <li>The detector clears the flag, then looks at the pool's queues once more. A submitter queues its task, then reads
 *     the flag.
 * <li>A detector that could not be started, or that has died, leaves {@link #thread} null, and the next attend()
 *     starts another. What the old one watched is in {@link #watching}, which {@link #thread} publishes.
 * </ul>
 */
final class StallDetector implements Runnable {
    static final long STALL_NANOS = 100_000_000;
    private static final long TICK_NANOS = 20_000_000;

    private static final AtomicReference<Watched> arrivals = new AtomicReference<>();
    private static final AtomicReference<Thread> thread = new AtomicReference<>();
    private static volatile boolean dozing;
    private static volatile long startFailedAt;
    private static volatile boolean startFailed;

    /** What the detector watches. For the detector alone. */
    private static Watched watching;

    private StallDetector() {
    }

    /** A pool's place with the detector. The value tells whether the pool is attended. */
    static final class Watched extends AtomicBoolean {
        private static final long serialVersionUID = 1;
        private final transient Pool pool;
        private transient Watched next;
        private long completed;
        private long since;

        Watched(Pool pool) {
            this.pool = pool;
        }

        private void restart() {
            completed = pool.completedCount();
            since = System.nanoTime();
        }
    }

    /** Has the detector look after a pool, in whose queue the caller has put something. */
    static void attend(Watched watched) {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            push(watched);
        }
        Thread detector = thread.get();
        if (detector == null) {
            start();
        } else if (dozing) {
            LockSupport.unpark(detector);
        }
    }

    private static void push(Watched watched) {
        do {
            watched.next = arrivals.get();
        } while (!arrivals.compareAndSet(watched.next, watched));
    }

    private static void start() {
        if (startFailed && System.nanoTime() - startFailedAt < STALL_NANOS) {
            return;   // each attempt costs time, and the JVM prints a warning each time
        }
        Thread detector = null;
        try {
            detector = new Thread(null, new StallDetector(), "tpool-watch", 0, false);
            detector.setDaemon(true);
            detector.setPriority(Thread.NORM_PRIORITY);
            detector.setContextClassLoader(ClassLoader.getSystemClassLoader());
            VirtualThreads.forgetInheritedAccess(detector);
            if (thread.compareAndSet(null, detector)) {
                detector.start();
            }
        } catch (Throwable unable) {   // OutOfMemoryError: unable to create native thread
            startFailedAt = System.nanoTime();
            startFailed = true;
            thread.compareAndSet(detector, null);
        }
    }

    @Override
    public void run() {
        try {
            for (;;) {
                step();
            }
        } finally {
            thread.set(null);
        }
    }

    private static void step() {
        try {
            Thread.interrupted();
            takeArrivals();
            if (watching == null) {
                doze();
            } else {
                LockSupport.parkNanos(TICK_NANOS);
                look();
            }
        } catch (Throwable noMemory) {   // the pools of other people's applications depend on this thread
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private static void takeArrivals() {
        Watched arrived = arrivals.getAndSet(null);
        while (arrived != null) {
            Watched further = arrived.next;
            arrived.restart();
            arrived.next = watching;
            watching = arrived;
            arrived = further;
        }
    }

    private static void doze() {
        dozing = true;
        if (arrivals.get() == null) {
            LockSupport.park(StallDetector.class);
        }
        dozing = false;
    }

    private static void look() {
        Watched before = null;
        Watched next;
        for (Watched watched = watching; watched != null; watched = next) {
            next = watched.next;   // read first: a Watched that is let go may be pushed at once
            if (watched.pool.hasWaiting()) {
                look(watched);
                before = watched;
            } else {
                unlink(before, next);
                letGo(watched);
            }
        }
    }

    private static void unlink(Watched before, Watched next) {
        if (before == null) {
            watching = next;
        } else {
            before.next = next;
        }
    }

    private static void letGo(Watched watched) {
        watched.set(false);
        if (watched.pool.hasWaiting() && watched.compareAndSet(false, true)) {
            push(watched);
        }
    }

    private static void look(Watched watched) {
        Pool pool = watched.pool;
        try {
            if (pool.completedCount() != watched.completed) {
                watched.restart();
            } else if (System.nanoTime() - watched.since >= STALL_NANOS) {
                pool.stalled();
                watched.restart();
            }
        } catch (Throwable e) {   // the other pools are not to suffer from it
            pool.countThrown();
        }
    }
}
