// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchedulerAccessTest {
    private static final int TASKS = 20;

    @Test
    void all_pieces_are_there_on_this_JDK() {
        assertNull(SchedulerAccess.problem());
        assertTrue(SchedulerAccess.canRunNext());
    }

    /** All carriers compute, and this thread has submitted some more. */
    @Test
    void what_was_submitted_last_is_run_first() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger computing = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        int carriers = SchedulerAccess.parallelism();
        try {
            for (int i = 0; i < carriers; i++) {
                threads.add(Thread.startVirtualThread(() -> {
                    computing.incrementAndGet();
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                }));
            }
            Await.until("all compute", () -> computing.get() == carriers);
            List<Integer> ran = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                threads.add(Thread.startVirtualThread(() -> ran.add(number)));
            }
            Object queue = backlog();
            for (int i = TASKS - 1; i >= 0; i--) {
                assertTrue(SchedulerAccess.runNext(queue));
                assertEquals(i, ran.get(TASKS - 1 - i));
            }
        } finally {
            over.set(true);
            for (Thread thread : threads) {
                Await.end(thread);
            }
        }
    }

    private static Object backlog() {
        for (Object queue : SchedulerAccess.queues()) {
            if (queue != null && SchedulerAccess.top(queue) - SchedulerAccess.base(queue) == TASKS) {
                return queue;
            }
        }
        throw new AssertionError("no queue has " + TASKS + " tasks");
    }
}
