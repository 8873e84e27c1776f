// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GreenPoolTest {
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    @Eventlet("GreenPool.test_spawn")
    void spawnGivesTheResultOfEachTask() throws Exception {
        GreenPool pool = new GreenPool(4);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int item = i;
            results.add(pool.spawn(() -> item));
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(i, results.get(i).get());
        }
    }

    @Test
    @Eventlet("GreenPool.test_spawn_n")
    void spawnNRunsEveryTask() {
        GreenPool pool = new GreenPool(4);
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 10; i++) {
            int item = i;
            pool.spawnN(() -> done.add(item));
        }
        pool.waitAll();
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), done);
    }

    @Test
    void eachTaskRunsInAVirtualThreadOfItsOwn() throws Exception {
        GreenPool pool = new GreenPool(1);
        Thread first = pool.spawn(Thread::currentThread).get();
        Thread second = pool.spawn(Thread::currentThread).get();
        assertTrue(first.isVirtual());
        assertNotSame(first, second);
    }

    @Test
    @Eventlet("GreenPool.test_waiting")
    void waitingCountsTheSpawnersThatWait() throws Exception {
        GreenPool pool = new GreenPool(1);
        assertEquals(0, pool.running());
        List<Thread> spawners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            spawners.add(Thread.startVirtualThread(() -> pool.spawn(this::passGate)));
            int waiting = i;
            Until.holds(waiting + " wait", () -> pool.running() == 1 && pool.waiting() == waiting);
        }
        gate.countDown();
        for (Thread spawner : spawners) {
            spawner.join();
        }
        pool.waitAll();
        assertEquals(0, pool.waiting());
        assertEquals(0, pool.running());
    }

    @Test
    @Eventlet("GreenPool.test_multiple_coros")
    void oneTaskMayWaitForAnother() throws Exception {
        GreenPool pool = new GreenPool(2);
        List<String> events = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch produced = new CountDownLatch(1);
        Future<?> consumer = pool.spawn(() -> {
            events.add("consumer begins");
            begun.countDown();
            produced.await();
            return events.add("consumer ends");
        });
        begun.await();
        pool.spawnN(() -> {
            events.add("producer");
            produced.countDown();
        });
        consumer.get();
        assertEquals(List.of("consumer begins", "producer", "consumer ends"), events);
    }

    @Test
    @Eventlet("GreenPool.test_resize")
    void shrinkingLetsRunWhatRunsAndHoldsBackWhatComes() throws Exception {
        GreenPool pool = new GreenPool(2);
        pool.spawn(this::passGate);
        pool.spawn(this::passGate);
        assertEquals(0, pool.free());
        assertEquals(2, pool.running());
        assertHasRoomFor(0, pool);

        pool.resize(1);
        assertEquals(-1, pool.free());
        gate.countDown();
        pool.waitAll();
        assertEquals(1, pool.free());
        assertEquals(0, pool.running());
        assertHasRoomFor(1, pool);

        pool.resize(2);
        assertEquals(2, pool.free());
        assertHasRoomFor(2, pool);
    }

    @Test
    void growingLetsInAsManyAsThereIsNewRoomForInTheOrderOfArrival() throws Exception {
        GreenPool pool = new GreenPool(1);
        pool.spawn(this::passGate);
        List<Integer> begun = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            int item = i;
            Thread.startVirtualThread(() -> pool.spawn(() -> begun.add(item) && passGate()));
            Until.holds("the spawner waits", () -> pool.waiting() == item + 1);
        }
        pool.resize(3);
        assertEquals(2, pool.waiting());
        Until.holds("two have begun", () -> begun.size() == 2);
        assertEquals(Set.of(0, 1), Set.copyOf(begun));
        gate.countDown();
        Until.holds("all have begun", () -> begun.size() == 4);
    }

    @Test
    void theOrderOfArrivalIsTheOrderOfAdmission() throws Exception {
        GreenPool pool = new GreenPool(1);
        pool.spawn(this::passGate);
        List<Integer> begun = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            int item = i;
            Thread.startVirtualThread(() -> pool.spawnN(() -> begun.add(item)));
            Until.holds("the spawner waits", () -> pool.waiting() == item + 1);
        }
        gate.countDown();
        Until.holds("all have run", () -> begun.size() == 20);
        assertEquals(begun.stream().sorted().toList(), begun);
    }

    @Test
    @Eventlet("GreenPool.test_pool_smash")
    void aMemberThatGivesUpWaitingForSomethingElseLeavesBothUndisturbed() throws Exception {
        GreenPool pool = new GreenPool(1);
        BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
        assertEquals("timed out",
                pool.spawn(() -> tokens.poll(1, TimeUnit.MILLISECONDS) == null ? "timed out" : "a token").get());
        Thread giver = Thread.startVirtualThread(() -> tokens.add("wakeup"));
        assertEquals("resumed", pool.spawn(() -> "resumed").get());
        assertEquals("wakeup", tokens.take());
        giver.join();
    }

    @Test
    @Eventlet("GreenPool.test_spawn_n_2")
    void theSlotIsFreeAsSoonAsTheResultIsThere() throws Exception {
        GreenPool pool = new GreenPool(2);
        for (int i = 0; i < 2_000; i++) {
            Future<?> result = pool.spawn(() -> null);
            result.get();
            assertEquals(2, pool.free());
        }
    }

    @Test
    void theResultIsThereAsSoonAsWaitAllReturns() {
        GreenPool pool = new GreenPool(2);
        for (int i = 0; i < 2_000; i++) {
            Future<?> result = pool.spawn(() -> null);
            pool.waitAll();
            assertTrue(result.isDone());
        }
    }

    @Test
    @Eventlet("GreenPool.test_exceptions")
    void aFailingTaskGivesItsSlotBackAndItsVeryExceptionToWhoAsks() throws Exception {
        GreenPool pool = new GreenPool(2);
        for (Throwable thrown
                : List.of(new RuntimeException(), new Exception(), new Error(), new StackOverflowError())) {
            assertHasRoomFor(2, pool);
            Future<?> result = pool.spawn(() -> {
                throw Thrown.<Exception>asIs(thrown);
            });
            assertSame(thrown, assertThrows(ExecutionException.class, result::get).getCause());
            assertHasRoomFor(2, pool);
        }
    }

    @Test
    @Eventlet("GreenPool.test_exceptions")
    void whatATaskWithoutAResultThrowsGoesToTheUncaughtExceptionHandler() throws Exception {
        GreenPool pool = new GreenPool(1);
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        RuntimeException thrown = new RuntimeException("meant to happen");
        pool.spawnN(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            throw thrown;
        });
        assertSame(thrown, uncaught.take());
        pool.waitAll();
        assertHasRoomFor(1, pool);
    }

    @Test
    void aCancelledTaskIsInterruptedAndHoldsItsSlotUntilItHasEnded() throws Exception {
        GreenPool pool = new GreenPool(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> result = pool.spawn(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return passGate();
        });
        begun.await();
        assertTrue(result.cancel(true));
        interrupted.await();
        assertEquals(1, pool.running());
        gate.countDown();
        pool.waitAll();
        assertEquals(0, pool.running());
    }

    @Test
    @Eventlet("GreenPool.test_waitall_on_nothing")
    void waitAllOnNothingReturns() {
        new GreenPool(1).waitAll();
    }

    @Test
    void waitAllWaitsForWhatRunsAndForWhatWaits() throws Exception {
        GreenPool pool = new GreenPool(1);
        AtomicInteger done = new AtomicInteger();
        Callable<Integer> task = () -> {
            passGate();
            return done.incrementAndGet();
        };
        for (int i = 0; i < 3; i++) {
            Thread.startVirtualThread(() -> pool.spawn(task));
        }
        Until.holds("one runs, two wait", () -> pool.running() == 1 && pool.waiting() == 2);
        Thread waiter = Thread.startVirtualThread(() -> {
            pool.waitAll();
            done.addAndGet(100);
        });
        Until.waits(waiter);
        assertEquals(0, done.get());
        gate.countDown();
        waiter.join();
        assertEquals(103, done.get());
    }

    @Test
    void waitAllReturnsAtAMomentOfRestThoughNewWorkComesAtOnce() throws Exception {
        GreenPool pool = new GreenPool(1);
        AtomicInteger rounds = new AtomicInteger();
        Thread busy = Thread.startVirtualThread(() -> {
            while (gate.getCount() > 0) {
                try {
                    pool.spawn(rounds::incrementAndGet).get();
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        });
        Until.holds("work has begun", () -> rounds.get() > 0);
        for (int i = 0; i < 100; i++) {
            pool.waitAll();
        }
        gate.countDown();
        busy.join();
        assertEquals(0, pool.running());
    }

    @Test
    void aClosedPoolRefusesWorkAndLetsRunWhatRuns() throws Exception {
        GreenPool pool = new GreenPool(1);
        Future<Boolean> running = pool.spawn(this::passGate);
        pool.close();
        pool.close();
        assertThrows(RejectedExecutionException.class, () -> pool.spawn(() -> 1));
        assertThrows(RejectedExecutionException.class, () -> pool.spawnN(() -> { }));
        assertThrows(RejectedExecutionException.class, () -> pool.imap(x -> x, List.of(1)));
        assertThrows(RejectedExecutionException.class, () -> new GreenPile<Integer>(pool).spawn(() -> 1));
        gate.countDown();
        assertTrue(running.get());
        pool.waitAll();
        assertEquals(0, pool.running());
    }

    @Test
    void closingRefusesWhatWaits() throws Exception {
        GreenPool pool = new GreenPool(1);
        pool.spawn(this::passGate);
        BlockingQueue<Throwable> refused = new LinkedBlockingQueue<>();
        Thread.ofVirtual().uncaughtExceptionHandler((thread, e) -> refused.add(e)).start(() -> pool.spawn(() -> 1));
        Until.holds("the spawner waits", () -> pool.waiting() == 1);
        pool.close();
        assertEquals(RejectedExecutionException.class, refused.take().getClass());
        assertEquals(0, pool.waiting());
        gate.countDown();
        pool.waitAll();
    }

    @Test
    @Eventlet("test_greenpool_type_check")
    void aNegativeSizeIsRefused() {
        new GreenPool(1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new GreenPool(-1)).getMessage().contains("-1"));
        GreenPool pool = new GreenPool(2);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> pool.resize(-3)).getMessage().contains("-3"));
        assertEquals(2, pool.free());
    }

    @Test
    @Eventlet("test_greenpool_type_check")
    void aPoolOfSizeZeroSaysThatItRunsNothingUntilItIsResized() throws Exception {
        GreenPool pool = new GreenPool(0);
        String message = assertThrows(RejectedExecutionException.class, () -> pool.spawn(() -> 1)).getMessage();
        assertTrue(message.contains("size 0") && message.contains("resize"), message);
        assertThrows(RejectedExecutionException.class, () -> pool.spawnN(() -> { }));
        assertThrows(RejectedExecutionException.class, () -> pool.imap(x -> x, List.of(1)));
        pool.waitAll();
        pool.resize(1);
        assertEquals(1, pool.spawn(() -> 1).get());
    }

    @Test
    void whoWaitsWhenThePoolShrinksToZeroRunsWhenItGrowsAgain() throws Exception {
        GreenPool pool = new GreenPool(1);
        pool.spawn(this::passGate);
        CountDownLatch ran = new CountDownLatch(1);
        Thread.startVirtualThread(() -> pool.spawnN(ran::countDown));
        Until.holds("the spawner waits", () -> pool.waiting() == 1);
        pool.resize(0);
        gate.countDown();
        Until.holds("nothing runs", () -> pool.running() == 0);
        assertEquals(1, ran.getCount());
        pool.resize(1);
        ran.await();
    }

    @Test
    void nullIsNoTask() {
        GreenPool pool = new GreenPool(1);
        assertThrows(NullPointerException.class, () -> pool.spawn(null));
        assertThrows(NullPointerException.class, () -> pool.spawnN(null));
        assertThrows(NullPointerException.class, () -> pool.imap(null, List.of()));
        assertThrows(NullPointerException.class, () -> pool.imap(x -> x, null));
        assertThrows(NullPointerException.class, () -> pool.starmap(null, List.of()));
        assertThrows(NullPointerException.class, () -> pool.starmap((a, b) -> a, null));
        assertEquals(1, pool.free());
    }

    static List<Arguments> grid() {
        List<Arguments> grid =
                new ArrayList<>(List.of(Arguments.of(4, 7, 7), Arguments.of(50, 75, 100), Arguments.of(10, 5, 1_000)));
        for (int resources = 10; resources <= 50; resources += 10) {
            for (int size : new int[] {5, 25, 35, 50}) {
                grid.add(Arguments.of(resources, size, size));
            }
        }
        return grid;
    }

    @ParameterizedTest
    @MethodSource("grid")
    @Eventlet("Stress.test_with_intpool")
    void tasksThatShareAPoolOfResourcesAllEnd(int resources, int size, int tasks) {
        Semaphore tokens = new Semaphore(resources);
        GreenPool pool = new GreenPool(size);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < tasks; i++) {
            pool.spawn(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                tokens.acquire();
                TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(200));
                tokens.release();
                running.decrementAndGet();
                return done.incrementAndGet();
            });
        }
        pool.waitAll();
        assertEquals(tasks, done.get());
        assertTrue(most.get() <= size, most + " ran at a time");
        assertEquals(resources, tokens.availablePermits());
        assertEquals(size, pool.free());
    }

    /** Fills the pool with tasks of its own, sees that not one more is let in, and lets them go. */
    private static void assertHasRoomFor(int tasks, GreenPool pool) throws Exception {
        assertEquals(tasks, pool.free());
        CountDownLatch release = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            running.add(pool.spawn(() -> {
                release.await();
                return null;
            }));
        }
        Thread oneMore =
                Thread.ofVirtual().uncaughtExceptionHandler((thread, e) -> { }).start(() -> pool.spawn(() -> 1));
        Until.holds("one more waits", () -> pool.waiting() == 1);
        oneMore.interrupt();
        oneMore.join();
        release.countDown();
        for (Future<?> task : running) {
            task.get();
        }
        assertFalse(pool.waiting() > 0);
    }

    private boolean passGate() throws InterruptedException {
        gate.await();
        return true;
    }
}
