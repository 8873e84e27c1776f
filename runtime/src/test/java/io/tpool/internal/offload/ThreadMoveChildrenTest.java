// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual threads that are started inside a call live where their parent comes from. */
class ThreadMoveChildrenTest {
    private final Listed listed = Listed.inPool(1);
    private final CountDownLatch parentIsHome = new CountDownLatch(1);
    private final List<String> carriers = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void a_child_runs_on_its_parents_home_scheduler_during_the_call_and_after_it() throws Exception {
        Thread child = Virtual.call(this::startChildInside);
        parentIsHome.countDown();
        Await.end(child);
        assertEquals(2, carriers.size());
        carriers.forEach(carrier -> assertTrue(carrier.startsWith("ForkJoinPool"), carrier));
    }

    @Test
    void so_it_does_where_home_is_another_scheduler_than_the_default_one() throws Exception {
        ExecutorService home = Executors.newSingleThreadExecutor(task -> new Thread(task, "home"));
        try {
            Thread child = Virtual.callOn(home, this::startChildInside);
            parentIsHome.countDown();
            Await.end(child);
            assertEquals(List.of("home", "home"), carriers);
        } finally {
            home.shutdown();
        }
    }

    @Test
    void a_child_has_its_parents_scheduler_and_a_task_of_its_own() throws Exception {
        Virtual.call(() -> {
            Executor home = VirtualThreads.scheduler(Thread.currentThread());
            Runnable parents = VirtualThreads.task(Thread.currentThread());
            listed.call(() -> {
                Thread child = Thread.ofVirtual().unstarted(() -> { });
                assertSame(home, VirtualThreads.scheduler(child));
                assertTrue(VirtualThreads.task(child) != parents);
                assertTrue(!(VirtualThreads.task(child) instanceof ThreadMove));
                return null;
            });
            return null;
        });
    }

    @Test
    void a_child_can_move_while_its_parent_waits_for_it_inside_its_own_call() throws Exception {
        assertTrue(Virtual.call(() -> listed.call(() -> {
            boolean[] moved = new boolean[1];
            Thread child = Thread.ofVirtual().start(() -> moved[0] = call(listed::isCarrying));
            child.join();
            return moved[0];
        })));
        assertEquals(2, listed.figures().offloaded());
    }

    @Test
    void nothing_keeps_the_parent_while_the_child_lives_on() throws Exception {
        WeakReference<?>[] parent = new WeakReference<?>[1];
        Thread child = Virtual.call(() -> {
            parent[0] = new WeakReference<>(Thread.currentThread());
            return startChildInside();
        });
        Await.until("the parent is garbage", () -> {
            System.gc();
            return parent[0].get() == null;
        });
        parentIsHome.countDown();
        Await.end(child);
    }

    private Thread startChildInside() throws Exception {
        return listed.call(() -> {
            CountDownLatch running = new CountDownLatch(1);
            Thread child = Thread.ofVirtual().start(() -> {
                carriers.add(Virtual.carrier());
                running.countDown();
                awaitParent();
                carriers.add(Virtual.carrier());
            });
            Await.open("the child runs", running);
            return child;
        });
    }

    private void awaitParent() {
        try {
            Await.open("the parent is home", parentIsHome);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T call(java.util.concurrent.Callable<T> body) {
        try {
            return listed.call(body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
