// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import io.tpool.internal.hook.Move;
import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.offload.Offload;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolAccess;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import io.tpool.internal.pool.Saturation;
import io.tpool.testing.Occupied;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One way that calls take through the runtime; each has a pool of its own. */
enum Scenario {
    /** The pool starts its first thread. */
    MOVE(2, 2, Saturation.WAIT) {
        @Override
        void run(Trial trial) {
            trial.moves();
        }
    },
    /** The pool wakes a thread. */
    MOVE_AGAIN(2, 2, Saturation.WAIT) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.warmUp();
        }

        @Override
        void run(Trial trial) {
            trial.moves();
        }
    },
    /** A pool thread runs the call while its caller waits. */
    HAND_OFF(1, 1, Saturation.WAIT) {
        @Override
        void run(Trial trial) {
            trial.add(Guinea.platform(body -> Offload.call(trial.pool, body)));
            trial.add(Guinea.virtual(body -> Offload.call(trial.pool, body, 10_000_000_000L)));
        }
    },
    /** A call that a pool thread runs wakes the only one, which has gone to sleep. */
    HAND_OFF_TO_PARKED(1, 1, Saturation.WAIT) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.warmUp();
            trial.letThreadsPark();
        }

        @Override
        void run(Trial trial) {
            trial.add(Guinea.platform(body -> Offload.call(trial.pool, body)));
            trial.add(Guinea.virtual(body -> Offload.call(trial.pool, body, 10_000_000_000L)));
        }
    },
    /** The time of a call that waits for a thread is over. */
    TIMEOUT(1, 1, Saturation.WAIT) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.occupied = Occupied.threads(trial.pool, 1);
        }

        @Override
        void run(Trial trial) throws InterruptedException {
            trial.add(Guinea.virtual(body -> Offload.call(trial.pool, body, 1_000_000)));
            trial.awaitEnd(1);
        }
    },
    /** A task that nobody waits for. */
    POST(1, 1, Saturation.WAIT) {
        @Override
        void run(Trial trial) {
            trial.add(Guinea.virtual(body -> {
                AtomicInteger ended = new AtomicInteger();
                Offload.post(trial.pool, () -> {
                    try {
                        body.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    } finally {
                        ended.set(1);
                    }
                });
                while (ended.get() == 0) {
                    Thread.sleep(1);
                }
            }));
        }
    },
    /** The pool has no thread to spare: calls run in place. */
    SATURATED_INPLACE(1, 1, Saturation.INPLACE) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.occupied = Occupied.threads(trial.pool, 1);
        }

        @Override
        void run(Trial trial) throws InterruptedException {
            trial.moves();
            trial.add(Guinea.platform(body -> Offload.call(trial.pool, body)));
            trial.letThemQueue();
        }
    },
    /** The pool has no thread to spare: calls are refused. */
    SATURATED_REJECT(1, 1, Saturation.REJECT) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.occupied = Occupied.threads(trial.pool, 1);
        }

        @Override
        void run(Trial trial) throws InterruptedException {
            trial.moves();
            trial.add(Guinea.platform(body -> Offload.call(trial.pool, body)));
            trial.letThemQueue();
        }
    },
    /** Calls wait, and are let go when the pool may not grow any more. */
    LET_GO(1, 3, Saturation.INPLACE) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.occupied = Occupied.threads(trial.pool, 1);
        }

        @Override
        void run(Trial trial) throws InterruptedException {
            trial.moves();
            trial.letThemQueue();
            trial.pool.setMax(1);
            trial.stall();
        }
    },
    /** Calls wait, and the pool grows. */
    GROWTH(1, 3, Saturation.WAIT) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.occupied = Occupied.threads(trial.pool, 1);
        }

        @Override
        void run(Trial trial) throws InterruptedException {
            trial.moves();
            trial.letThemQueue();
            trial.stall();
        }
    },
    /** The system refuses threads. */
    REFUSED_STARTS(2, 2, Saturation.WAIT) {
        @Override
        void prepare(Trial trial) {
            PoolAccess.refuseThreads(trial.pool, true);
        }

        @Override
        void run(Trial trial) {
            trial.moves();
        }
    },
    /** Threads are told to end, and end. */
    ENDING(2, 2, Saturation.WAIT) {
        @Override
        void prepare(Trial trial) throws InterruptedException {
            trial.warmUp();
        }

        @Override
        void run(Trial trial) {
            trial.attempt(trial.pool::killAll);
            trial.moves();
            trial.attempt(() -> trial.pool.resize(3));
        }
    };

    private final PoolConfig shape;

    Scenario(int size, int max, Saturation policy) {
        shape = PoolConfig.of("faults-" + name(), size, max).withKeepAliveNanos(60_000_000_000L).withSaturation(policy);
    }

    /** Before the fault is armed. */
    void prepare(Trial trial) throws InterruptedException {
    }

    abstract void run(Trial trial) throws InterruptedException;

    Trial begin() throws InterruptedException {
        Trial trial = new Trial(shape);
        prepare(trial);
        return trial;
    }

    /** One run. */
    static final class Trial {
        final Pool pool;
        final int listed;
        final List<Guinea> guineas = new ArrayList<>();
        Occupied occupied;

        Trial(PoolConfig shape) {
            pool = Pools.define(shape);
            listed = ListedMethods.register(shape.name() + "#call()", shape.name(), Mode.TPOOL, null);
        }

        void add(Guinea guinea) {
            guineas.add(guinea.start());
        }

        /** A listed method and the API. */
        void moves() {
            add(Guinea.virtual(body -> {
                Object begun = Move.enter(listed);
                Throwable thrown = null;
                try {
                    body.call();
                } catch (Throwable e) {
                    thrown = e;
                    throw e;
                } finally {
                    Move.exit(begun, thrown);
                }
            }));
            add(Guinea.virtual(body -> Offload.call(pool, body)));
        }

        void warmUp() throws InterruptedException {
            moves();
            awaitEnd(3);
            guineas.clear();
        }

        void letThreadsPark() throws InterruptedException {
            FaultRun.becomes(1, () -> pool.liveThreads().stream()
                    .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        }

        /** Waits until all wait in the queue or have ended, as far as the fault lets them. */
        void letThemQueue() throws InterruptedException {
            FaultRun.becomes(1, () -> {
                long alive = guineas.stream().filter(guinea -> guinea.thread.isAlive()).count();
                return pool.queueDepth() >= alive;
            });
        }

        void stall() {
            attempt(() -> PoolAccess.stalled(pool));
            attempt(() -> PoolAccess.stalled(pool));
        }

        /** What the fault may be thrown out of: it is the caller's then. */
        void attempt(Runnable act) {
            try {
                act.run();
            } catch (OutOfMemoryError | StackOverflowError thrownToTheCaller) {
                // As documented: the pool's owner has it.
            }
        }

        void awaitEnd(int seconds) throws InterruptedException {
            FaultRun.becomes(seconds, () -> guineas.stream().noneMatch(guinea -> guinea.thread.isAlive()));
        }

        void close() {
            ListedMethods.discard(listed);
            Pools.remove(pool);
            pool.retire();
        }
    }
}
