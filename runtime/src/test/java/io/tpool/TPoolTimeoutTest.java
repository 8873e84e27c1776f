// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Pools;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TPoolTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final CountDownLatch gate = new CountDownLatch(1);
    private TPool pool;
    private Pool behind;

    @BeforeEach
    void open() {
        pool = TPool.create("timeout-test", 1);
        behind = Pools.find("timeout-test");
        behind.setMax(1);   // or it would grow when a task holds its only thread
    }

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatEndsInTimeGivesItsValue(Caller caller) {
        assertEquals(7, caller.call(() -> pool.execute(() -> 7, LONG)));
        assertInstanceOf(PoolThread.class, caller.call(() -> pool.execute(Thread::currentThread, LONG)));
        assertEquals(7, caller.call(() -> pool.execute(() -> 7, Duration.ofSeconds(Long.MAX_VALUE))));
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet("TestTpool.test_timeout")
    void aTaskThatRunsTooLongKeepsItsThreadUntilItEnds(Caller caller) throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        String message = timeOutAfterItsBegin(caller, () -> {
            gate.await();
            return ended.complete(Thread.currentThread().isInterrupted());
        });
        assertTrue(message.contains("tpool-timeout-test-1"), message);
        assertEquals(1, behind.activeCount());
        assertEquals(0, behind.completedCount());
        gate.countDown();
        assertEquals(false, ended.get());
        Until.holds("it is counted as completed", () -> behind.completedCount() == 1);
        assertEquals(7, caller.call(() -> pool.execute(() -> 7, LONG)));
        assertEquals(1, behind.largestThreadCount());
    }

    /**
     * A busy machine may take longer than the limit to begin the task, which is then dropped: it gets twice the time
     * until it begins.
     */
    private String timeOutAfterItsBegin(Caller caller, Callable<?> task) {
        for (long millis = 20;; millis *= 2) {
            CountDownLatch begun = new CountDownLatch(1);
            Duration limit = Duration.ofMillis(millis);
            String message = assertThrows(TimeoutException.class, () -> caller.call(() -> pool.execute(() -> {
                begun.countDown();
                return task.call();
            }, limit))).getMessage();
            assertTrue(message.contains(" " + millis + " ms"), message);
            if (!message.contains("dropped")) {
                Until.holds("it has begun", () -> begun.getCount() == 0);
                return message;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatHasNotBegunInTimeIsDropped(Caller caller) throws Exception {
        CompletableFuture<Boolean> holder = hold();
        AtomicInteger ran = new AtomicInteger();
        TimeoutException timeout = assertThrows(TimeoutException.class,
                () -> caller.call(() -> pool.execute(ran::incrementAndGet, SHORT)));
        assertTrue(timeout.getMessage().contains("dropped"), timeout.getMessage());
        assertEquals(0, behind.queueDepth());
        gate.countDown();
        assertTrue(holder.get());
        assertEquals(0, caller.call(() -> pool.execute(ran::get)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void withoutAnyTimeTheTaskDoesNotRun(long millis) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Duration none = millis == Long.MIN_VALUE ? Duration.ofSeconds(millis) : Duration.ofMillis(millis);
        assertThrows(TimeoutException.class, () -> pool.execute(ran::incrementAndGet, none));
        assertEquals(0, pool.execute(ran::get));
        assertEquals(1, behind.completedCount());
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptReachesTheTaskThoughTheCallerWaitsWithALimit(Caller caller) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread thread = caller.start(() -> {
            try {
                seen.complete(pool.execute(() -> {
                    begun.countDown();
                    try {
                        gate.await();
                        return "not interrupted";
                    } catch (InterruptedException e) {
                        return "interrupted";
                    }
                }, LONG));
            } catch (Exception e) {
                seen.completeExceptionally(e);
            }
        });
        begun.await();
        thread.interrupt();
        assertEquals("interrupted", seen.get());
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptThatTheTaskDidNotLiveToSeeIsTheCallersAgain(Caller caller) throws Exception {
        CompletableFuture<Boolean> holder = hold();
        assertEquals("timeout, status true", caller.call(() -> {
            Thread.currentThread().interrupt();
            try {
                return pool.execute(() -> "ran", SHORT);
            } catch (TimeoutException e) {
                return "timeout, status " + Thread.interrupted();
            }
        }));
        gate.countDown();
        assertTrue(holder.get());
    }

    /**
     * The limit follows the time that the task takes: it is longer after each timeout, and shorter after each value. So
     * both happen.
     */
    @Test
    void tasksThatEndWhenTheirTimeIsOverEitherGiveTheirValueOrTimeOut() {
        AtomicInteger ran = new AtomicInteger();
        int values = 0;
        int dropped = 0;
        int left = 0;
        double nanos = 100_000;
        for (int i = 0; i < 400; i++) {
            Caller caller = Caller.values()[i % 2];
            Duration limit = Duration.ofNanos((long) nanos);
            int number = i;
            CompletableFuture<Integer> result =
                    caller.begin(() -> pool.execute(() -> computeAWhile(ran, number), limit));
            Throwable thrown = result.handle((value, e) -> e).join();
            if (thrown == null) {
                assertEquals(number, result.join());
                values++;
                nanos /= 1.1;
                continue;
            }
            String message = assertInstanceOf(TimeoutException.class, thrown).getMessage();
            if (message.contains("dropped")) {
                dropped++;
            } else {
                left++;
            }
            nanos *= 1.1;
        }
        String outcome = values + " values, " + dropped + " dropped, " + left + " left to themselves";
        assertTrue(values > 0 && dropped + left > 0, outcome);
        assertEquals(7, Caller.VIRTUAL.call(() -> pool.execute(() -> 7)));
        assertEquals(values + left, ran.get(), outcome);
        assertEquals(values + left + 1, behind.completedCount(), outcome);
        assertEquals(0, behind.queueDepth());
        assertEquals(1, behind.largestThreadCount());
    }

    private static int computeAWhile(AtomicInteger ran, int result) {
        ran.incrementAndGet();
        long end = System.nanoTime() + 100_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return result;
    }

    /** Handed over, the inner call would be dropped: the only thread is taken. */
    @ParameterizedTest
    @EnumSource
    void aCallThatRunsInPlaceDoesSoWithoutALimit(Caller caller) {
        Duration none = Duration.ofNanos(1);
        assertTrue(caller.call(() -> pool.execute(() -> {
            String here = ThreadIds.current().carrier();
            return pool.execute(() -> ThreadIds.current().carrier().equals(here), none);
        })));
    }

    private CompletableFuture<Boolean> hold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> holder = Caller.PLATFORM.begin(() -> pool.execute(() -> {
            begun.countDown();
            gate.await();
            return true;
        }));
        begun.await();
        return holder;
    }
}
