// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.testing.Virtual;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** What the body of a call does: whatever makes a thread leave its carrier. */
enum Step {
    /** Nothing. */
    NOTHING,
    /** Throws an exception at its end. */
    THROW,
    /** Parks. */
    PARK {
        @Override
        void run(Call call) {
            LockSupport.parkNanos(1_000);
        }
    },
    /** Yields. */
    YIELD {
        @Override
        void run(Call call) {
            Thread.yield();
        }
    },
    /** Takes the interrupt away. */
    TAKE_INTERRUPT {
        @Override
        void run(Call call) {
            Thread.interrupted();
            call.tookInterrupt = true;
        }
    },
    /** Makes a call inside the call. */
    NESTED {
        @Override
        void run(Call call) {
            call.caller.callInside(call);
        }
    },
    /**
     * Sleeps. From here on only for calls whose thread moves: all others keep a pool thread while they wait for each
     * other.
     */
    SLEEP {
        @Override
        void run(Call call) {
            try {
                Thread.sleep(0, 50_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    },
    /** Parks under a lock. */
    LOCK {
        @Override
        void run(Call call) {
            Guarded guarded = call.caller.stress.guarded;
            guarded.lock.lock();
            try {
                guarded.byLock++;
                LockSupport.parkNanos(1_000);
                if (!guarded.lock.isHeldByCurrentThread()) {
                    call.wrong("does not hold its lock any more");
                }
            } finally {
                guarded.lock.unlock();
            }
        }
    },
    /** Parks under a monitor, where the JDK lets a thread leave its carrier then. */
    MONITOR {
        @Override
        void run(Call call) {
            Guarded guarded = call.caller.stress.guarded;
            synchronized (guarded.monitor) {
                guarded.byMonitor++;
                if (MONITORS_UNMOUNT) {
                    LockSupport.parkNanos(1_000);
                }
                if (!Thread.holdsLock(guarded.monitor)) {
                    call.wrong("does not hold its monitor any more");
                }
            }
        }
    },
    /** Waits on a monitor. */
    WAIT {
        @Override
        void run(Call call) {
            Object monitor = call.caller.stress.guarded.monitor;
            synchronized (monitor) {
                try {
                    monitor.notifyAll();
                    monitor.wait(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    },
    /** Starts a virtual thread and waits for it. */
    CHILD {
        @Override
        void run(Call call) {
            CountDownLatch over = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    if (Virtual.where().startsWith("tpool-")) {
                        call.wrong("its child began on a pool thread");
                    }
                } finally {
                    over.countDown();
                }
            });
            await(over);
        }
    },
    /** Parks with a native frame below: the thread stays where it is. */
    NATIVE_FRAME {
        @Override
        void run(Call call) {
            Virtual.belowNativeFrame(() -> LockSupport.parkNanos(1_000));
        }
    };

    private static final boolean MONITORS_UNMOUNT = Runtime.version().feature() >= 24;
    private static final Step[] ALL = values();

    /** One of the first few, or of all. */
    static Step of(int random, boolean moves) {
        return ALL[random % (moves ? ALL.length : SLEEP.ordinal())];
    }

    void run(Call call) {
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        for (boolean ended = false; !ended;) {
            try {
                latch.await();
                ended = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
