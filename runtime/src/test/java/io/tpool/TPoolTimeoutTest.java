package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.pool.Pool;
import io.tpool.pool.PoolConfig;
import io.tpool.pool.PoolThread;
import io.tpool.pool.Pools;
import java.time.Duration;
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
        pool.execute(() -> null);   // so that the thread is there
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        TimeoutException timeout = assertThrows(TimeoutException.class, () -> caller.call(() -> pool.execute(() -> {
            gate.await();
            return ended.complete(Thread.currentThread().isInterrupted());
        }, Duration.ofMillis(300))));
        assertTrue(timeout.getMessage().contains("300 ms") && timeout.getMessage().contains("tpool-timeout-test-1"), timeout.getMessage());
        assertEquals(1, behind.activeCount());
        assertEquals(1, behind.completedCount());
        gate.countDown();
        assertEquals(false, ended.get());
        Until.holds("it is counted as completed", () -> behind.completedCount() == 2);
        assertEquals(7, caller.call(() -> pool.execute(() -> 7, LONG)));
        assertEquals(1, behind.largestThreadCount());
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

    @Test
    void tasksThatEndWhenTheirTimeIsOverEitherGiveTheirValueOrTimeOut() {
        AtomicInteger values = new AtomicInteger();
        for (int i = 0; i < 300; i++) {
            long nanos = 20_000 + i * 1_000;
            Caller caller = Caller.values()[i % 2];
            try {
                values.addAndGet(caller.call(() -> pool.execute(() -> {
                    long end = System.nanoTime() + 100_000;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return 1;
                }, Duration.ofNanos(nanos))));
            } catch (Throwable e) {
                assertInstanceOf(TimeoutException.class, e);
            }
        }
        assertTrue(values.get() <= 300);
        assertEquals(7, Caller.VIRTUAL.call(() -> pool.execute(() -> 7)));
        assertEquals(0, behind.queueDepth());
        assertEquals(1, behind.largestThreadCount());
    }

    @Test
    void aPoolThatLetsCallsRunInPlaceDoesSoWithoutALimit() {
        assertEquals(512, PoolConfig.DEFAULT_MAX);
        assertEquals(7, Caller.VIRTUAL.call(() -> pool.execute(() -> pool.execute(() -> {
            Thread.sleep(SHORT.multipliedBy(3));
            return 7;
        }, SHORT))));
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
