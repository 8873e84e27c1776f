// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Crowd;
import benchmarked.crowd.Way;
import benchmarked.work.Held;
import benchmarked.work.NativeSleep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.BooleanSupplier;

/**
 * Native memory and heap of threads that are busy in native code, idle, or waiting for their turn. To be run with a
 * heap of fixed size that is touched at the start: what the resident set then grows by is not heap.
 *
 * @since 1.0
 */
public final class MemoryApp {
    private static final int POLL_MILLIS = 20;
    private static final int SETTLE_MILLIS = 500;
    private static final int BYTES_PER_KIB = 1024;

    private final Way way;
    private final int callers;
    private final int poolSize;

    private MemoryApp(Way way, int callers, int poolSize) {
        this.way = way;
        this.callers = callers;
        this.poolSize = poolSize;
    }

    /** What there is a crowd of. */
    public enum Kind {
        /** Pool threads that sit in native code, with their callers. */
        BUSY,
        /** Pool threads that have nothing to do, and callers that do not call. */
        IDLE,
        /** Callers that wait for a pool whose threads are all busy. */
        WAITING
    }

    /**
     * Runs it.
     *
     * @param args way, kind, callers, size of the pool
     * @throws Exception if a call fails
     */
    public static void main(String[] args) throws Exception {
        MemoryApp app = new MemoryApp(Way.valueOf(args[0]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        new MemoryApp(app.way, 1, 1).warmUp();
        switch (Kind.valueOf(args[1])) {
            case BUSY, WAITING -> app.busyOrWaiting();
            case IDLE -> app.idle();
        }
        Runtime.getRuntime().halt(0);   // nobody waits for who waits
    }

    /**
     * Loads all classes and libraries before the first look, and gives what only starting needed the time to be let go.
     */
    private void warmUp() throws Exception {
        try (Crowd crowd = way.crowd(Collections.nCopies(1, new NativeSleep(1)), poolSize)) {
            crowd.run(1, Crowd.NEVER);
        }
        Memory.now();
        Thread.sleep(SETTLE_MILLIS);
    }

    private void busyOrWaiting() throws Exception {
        Memory before = Memory.now();
        Held held = new Held();
        Crowd crowd = way.crowd(Collections.nCopies(callers, held), poolSize);
        Thread.ofPlatform().daemon().start(() -> runUntilReleased(crowd));
        await(() -> held.inside() == Math.min(callers, poolSize) && crowd.begun() == callers);
        Memory.now().minus(before).print(callers);
    }

    /** All ways are measured before their callers end, because with them ends what pool they have. */
    private void idle() throws Exception {
        Memory before = Memory.now();
        Held held = new Held();
        Crowd crowd = way.crowd(Collections.nCopies(callers, held), poolSize);
        Thread runner = Thread.ofPlatform().start(() -> runUntilReleased(crowd));
        await(() -> held.inside() == callers);
        held.release();
        runner.join();
        Thread.sleep(SETTLE_MILLIS);
        Memory.now().minus(before).print(callers);
    }

    private static void runUntilReleased(Crowd crowd) {
        try {
            crowd.run(1, Crowd.NEVER);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(POLL_MILLIS);
        }
        Thread.sleep(SETTLE_MILLIS);   // who has begun to call is not waiting yet, and nobody can tell when
    }

    private record Memory(long resident, long heap) {
        static Memory now() throws IOException {
            System.gc();
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            return new Memory(ProcessFigures.sum(Path.of("/proc/self/status"), "VmRSS:") * BYTES_PER_KIB, heap);
        }

        Memory minus(Memory earlier) {
            return new Memory(resident - earlier.resident, heap - earlier.heap);
        }

        void print(int threads) {
            Print.result("resident", (double) resident / threads);
            Print.result("heap", (double) heap / threads);
        }
    }
}
