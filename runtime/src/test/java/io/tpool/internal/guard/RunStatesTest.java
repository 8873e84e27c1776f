// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tpool.testing.Await;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What Linux tells of threads that are there. */
@EnabledOnOs(OS.LINUX)
class RunStatesTest {
    private static final int SLOT = 70;

    private final RunStates states = new RunStates();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean spins;
    private volatile boolean ended;

    @AfterEach
    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            Await.end(thread);
        }
    }

    @Test
    void a_thread_that_parks_sleeps_and_one_that_computes_does_not() throws InterruptedException {
        Thread thread = start();
        awaitState(thread, RunState.SLEEPING);
        spins = true;
        LockSupport.unpark(thread);
        awaitState(thread, RunState.RUNNABLE);
        spins = false;
        awaitState(thread, RunState.SLEEPING);
    }

    @Test
    void a_slot_that_another_carrier_has_tells_of_that_one() throws InterruptedException {
        Thread first = start();
        awaitState(first, RunState.SLEEPING);
        states.forget(SLOT);
        assertEquals(RunState.UNKNOWN, states.of(SLOT, Long.MAX_VALUE, System.nanoTime()));
    }

    @Test
    void a_thread_that_has_ended_is_unknown() throws InterruptedException {
        Thread thread = start();
        awaitState(thread, RunState.SLEEPING);
        ended = true;
        LockSupport.unpark(thread);
        Await.end(thread);
        Await.until("nothing is known", () -> states.of(SLOT, Long.MAX_VALUE, System.nanoTime()) == RunState.UNKNOWN);
    }

    @Test
    void where_more_threads_want_a_processor_than_there_are_the_machine_is_crowded() throws InterruptedException {
        spins = true;
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            start();
        }
        RunStates here = new RunStates();
        Await.until("crowded", () -> here.isCrowded(0, System.nanoTime()));
    }

    @Test
    void processors_are_counted_in_ranges() {
        assertEquals(1, RunStates.count("0"));
        assertEquals(64, RunStates.count("0-63"));
        assertEquals(6, RunStates.count("0-3,8,10"));
    }

    private void awaitState(Thread thread, RunState expected) throws InterruptedException {
        Await.until(expected.name(), () -> states.of(SLOT, cpu(thread), System.nanoTime()) == expected);
    }

    private static long cpu(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    }

    /** A thread that parks or spins. */
    private Thread start() {
        Thread thread = Thread.ofPlatform().start(() -> {
            while (!ended) {
                if (spins) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        });
        threads.add(thread);
        return thread;
    }
}
