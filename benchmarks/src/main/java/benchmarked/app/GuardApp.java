// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.work.Computation;
import java.util.concurrent.Exchanger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Applications in which the guard has nothing to do: what it costs them all the same.
 *
 * @since 1.0
 */
public final class GuardApp {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int IDLE_THREADS = 1_000;
    private static final int BUSY_THREADS = 16;
    private static final int STEPS = 1_000_000;
    private static final LongAdder STEPS_MADE = new LongAdder();

    private GuardApp() {
    }

    /** What the application does. */
    public enum Kind {
        /** A platform thread computes; there is no virtual thread. */
        NO_VIRTUAL_THREADS {
            @Override
            void start() {
                Thread.ofPlatform().daemon().start(() -> forEver(new Computation(STEPS)::direct));
            }
        },
        /** A thousand virtual threads are parked. */
        IDLE {
            @Override
            void start() {
                for (int i = 0; i < IDLE_THREADS; i++) {
                    Thread.startVirtualThread(() -> forEver(LockSupport::park));
                }
            }
        },
        /** Virtual threads yield all the time: no carrier ever rests, and none is captured. */
        YIELDING {
            @Override
            void start() {
                for (int i = 0; i < BUSY_THREADS; i++) {
                    Thread.startVirtualThread(() -> forEver(Thread::yield));
                }
            }
        },
        /** Pairs of virtual threads wake each other. */
        PING_PONG {
            @Override
            void start() {
                for (int i = 0; i < BUSY_THREADS; i += 2) {
                    Exchanger<Object> exchanger = new Exchanger<>();
                    Thread.startVirtualThread(() -> forEver(() -> exchange(exchanger)));
                    Thread.startVirtualThread(() -> forEver(() -> exchange(exchanger)));
                }
            }
        };

        abstract void start();
    }

    private static void forEver(Runnable step) {
        while (true) {
            step.run();
            STEPS_MADE.increment();
        }
    }

    private static void exchange(Exchanger<Object> exchanger) {
        try {
            exchanger.exchange(exchanger);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the measurements", e);
        }
    }

    /**
     * Runs it.
     *
     * @param args kind, milliseconds to warm up, milliseconds to measure
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        Kind.valueOf(args[0]).start();
        Thread.sleep(Long.parseLong(args[1]));
        long steps = STEPS_MADE.sum();
        ProcessFigures before = ProcessFigures.now();
        long begin = System.nanoTime();
        Thread.sleep(Long.parseLong(args[2]));
        long nanos = System.nanoTime() - begin;
        ProcessFigures spent = ProcessFigures.now().minus(before);
        Print.result("guard", (double) spent.guardNanos() / nanos);
        Print.result("process", (double) spent.cpuNanos() / nanos);
        Print.result("rate", (STEPS_MADE.sum() - steps) * NANOS_PER_SECOND / nanos);
        Runtime.getRuntime().halt(0);
    }
}
