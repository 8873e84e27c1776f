// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.pool.Thrown;
import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolThread;
import io.tpool.internal.pool.Pools;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TPoolTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final CountDownLatch gate = new CountDownLatch(1);
    private TPool pool;
    private Pool behind;

    @BeforeEach
    void open(TestInfo test) {
        pool = create(2);
        behind = behind(pool);
    }

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    private static TPool create(int size) {
        return TPool.create("test" + NUMBERS.incrementAndGet(), size);
    }

    private static Pool behind(TPool pool) {
        return Pools.find(pool.toString().replaceFirst("TPool (\\w+):.*", "$1"));
    }

    @ParameterizedTest
    @EnumSource
    void executeGivesTheValueThatAPoolThreadComputed(Caller caller) {
        ThreadIds ids = caller.call(() -> pool.execute(ThreadIds::current));
        assertTrue(ids.carrier().startsWith("tpool-test"), ids.carrier());
        assertNull(caller.call(() -> pool.execute(() -> null)));
        assertEquals(2, behind.completedCount());
    }

    @Test
    void aVirtualThreadMovesWhereTheJdkAllows() {
        Assumptions.assumeTrue(VirtualThreads.problem() == null, VirtualThreads.problem());
        Caller.VIRTUAL.call(() -> {
            assertSame(Thread.currentThread(), pool.execute(Thread::currentThread));
            assertFalse(ThreadIds.current().carrier().startsWith("tpool-test"));
            return null;
        });
    }

    @Test
    void aPlatformThreadHandsOverAndLendsItsContextClassLoader() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Caller.PLATFORM.call(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                assertInstanceOf(PoolThread.class, pool.execute(Thread::currentThread));
                assertSame(loader, pool.execute(() -> Thread.currentThread().getContextClassLoader()));
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallFromAPoolThreadRunsInPlaceAlsoInAnotherPool(Caller caller) {
        try (TPool other = create(1)) {
            caller.call(() -> pool.execute(() -> {
                String here = ThreadIds.current().carrier();
                assertEquals(here, pool.execute(ThreadIds::current).carrier());
                assertEquals(here, other.execute(ThreadIds::current).carrier());
                assertEquals(here, other.execute(ThreadIds::current, java.time.Duration.ofSeconds(9)).carrier());
                return null;
            }));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet({"TestTpool.test_raising_exceptions", "TestTpool.test_eventlet_timeout"})
    void theExceptionIsTheVeryObjectThatTheTaskThrewWhateverItIs(Caller caller) {
        for (Throwable thrown : List.of(new RuntimeException(), new Exception(), new Error(), new StackOverflowError(),
                new InterruptedException(), new Throwable(), new java.util.concurrent.TimeoutException())) {
            assertSame(thrown, assertThrows(Throwable.class, () -> caller.call(() -> pool.execute(() -> {
                throw Thrown.<Exception>asIs(thrown);
            }))));
            assertSame(thrown, assertThrows(Throwable.class, () -> caller.call(() -> pool.execute(() -> {
                throw Thrown.<Exception>asIs(thrown);
            }, java.time.Duration.ofSeconds(30)))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noThreadIsLostToAnError(Caller caller) {
        try (TPool one = create(1)) {
            for (int i = 0; i < 300; i++) {
                assertThrows(Error.class, () -> caller.call(() -> one.execute(() -> {
                    throw new Error("meant to happen");
                })));
            }
            assertEquals(7, caller.call(() -> one.execute(() -> 7)));
            assertEquals(1, behind(one).largestThreadCount());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet("TpoolLongTests.test_leakage_from_tracebacks")
    void aHundredFailingCallsLeaveNoObjectBehind(Caller caller) {
        List<WeakReference<Object>> objects = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            failingCall(caller, objects);
        }
        assertEquals(200, objects.size());
        Until.holds("all are gone", () -> {
            System.gc();
            return objects.stream().allMatch(object -> object.get() == null);
        });
    }

    private void failingCall(Caller caller, List<WeakReference<Object>> objects) {
        byte[] ofTheTask = new byte[100];
        Exception thrown = new Exception("meant to happen");
        objects.add(new WeakReference<>(ofTheTask));
        objects.add(new WeakReference<>(thrown));
        assertThrows(Exception.class, () -> caller.call(() -> pool.execute(() -> {
            ofTheTask[0]++;
            throw thrown;
        })));
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptOfTheCallerReachesTheTask(Caller caller) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread thread = caller.start(() -> {
            try {
                String result = pool.execute(() -> {
                    begun.countDown();
                    try {
                        gate.await();
                        return "not interrupted";
                    } catch (InterruptedException e) {
                        return "interrupted";
                    }
                });
                seen.complete(result + ", status " + Thread.currentThread().isInterrupted());
            } catch (Exception e) {
                seen.completeExceptionally(e);
            }
        });
        begun.await();
        thread.interrupt();
        assertEquals("interrupted, status false", seen.get());
    }

    @ParameterizedTest
    @EnumSource
    void aCallerInterruptedBeforehandRunsItsTaskWithThatStatus(Caller caller) {
        assertEquals("true, true", caller.call(() -> {
            Thread.currentThread().interrupt();
            boolean inside = pool.execute(() -> Thread.currentThread().isInterrupted());
            return inside + ", " + Thread.currentThread().isInterrupted();
        }));
    }

    @Test
    @Eventlet("TestTpool.test_tpool_set_num_threads")
    void growingIsAtOnceAlsoForCallersAlreadyWaiting() {
        CountDownLatch begun = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            Caller.PLATFORM.begin(() -> pool.execute(() -> {
                begun.countDown();
                gate.await();
                return null;
            }));
        }
        Until.holds("all run or wait", () -> behind.queueDepth() + 20 - begun.getCount() >= 20);
        pool.resize(20);
        assertEquals(20, pool.size());
        assertTrue(behind.threadCount() >= 20, behind.threadCount() + " threads");
        Until.holds("all have begun", () -> begun.getCount() == 0);
    }

    @Test
    void shrinkingEndsTheThreadsThatAreTooMany() throws Exception {
        pool.resize(8);
        CountDownLatch begun = new CountDownLatch(8);
        List<CompletableFuture<Boolean>> calls = IntStream.range(0, 8)
                .mapToObj(i -> Caller.PLATFORM.begin(() -> pool.execute(() -> {
                    begun.countDown();
                    gate.await();
                    return true;
                }))).toList();
        begun.await();
        pool.resize(1);
        assertEquals(8, behind.threadCount());
        gate.countDown();
        for (CompletableFuture<Boolean> call : calls) {
            assertTrue(call.get());
        }
        Until.holds("one thread is left", () -> behind.threadCount() == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_000_000})
    void nonsensicalSizesAreRefused(int size) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> pool.resize(size)).getMessage()
                .contains(size + ""));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TPool.create("other", size)).getMessage()
                .contains(size + ""));
        assertNull(Pools.find("other"));
        assertEquals(2, pool.size());
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet("TestTpool.test_killall")
    void killAllEndsIdleThreadsAndTheNextCallStartsNewOnes(Caller caller) {
        String before = caller.call(() -> pool.execute(ThreadIds::current)).carrier();
        pool.killAll();
        assertEquals(0, behind.threadCount());
        assertEquals(List.of(), behind.liveThreads().stream().filter(Thread::isAlive).toList());
        assertNotEquals(before, caller.call(() -> pool.execute(ThreadIds::current)).carrier());
        pool.killAll();
        pool.killAll();
    }

    @ParameterizedTest
    @EnumSource
    @Eventlet("TestTpool.test_killall_remaining_results")
    void killAllLetsRunningAndQueuedCallsFinish(Caller caller) throws Exception {
        try (TPool one = create(1)) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Integer> running = caller.begin(() -> one.execute(() -> {
                begun.countDown();
                gate.await();
                return 1;
            }));
            begun.await();
            CompletableFuture<Integer> queued = caller.begin(() -> one.execute(() -> 2));
            one.killAll();
            gate.countDown();
            assertEquals(1, running.get());
            assertEquals(2, queued.get());
            Until.holds("the threads from before have ended", () -> behind(one).threadCount() <= 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void killAllIsSafeFromAPoolThread(Caller caller) {
        assertEquals(7, caller.call(() -> pool.execute(() -> {
            pool.killAll();
            return pool.execute(() -> 7);
        })));
        assertEquals(8, caller.call(() -> pool.execute(() -> 8)));
    }

    @Test
    void killAllDuringALoadLosesNoCall() throws Exception {
        List<CompletableFuture<Integer>> callers =
                IntStream.range(0, 20).mapToObj(n -> Caller.values()[n % 2].begin(() -> {
            int sum = 0;
            for (int i = 0; i < 500; i++) {
                sum += pool.execute(() -> 1);
            }
            return sum;
        })).toList();
        while (!callers.stream().allMatch(CompletableFuture::isDone)) {
            pool.killAll();
            Thread.sleep(1);
        }
        for (CompletableFuture<Integer> caller : callers) {
            assertEquals(500, caller.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedPoolRefusesWorkAndFinishesWhatRuns(Caller caller) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Integer> running = caller.begin(() -> pool.execute(() -> {
            begun.countDown();
            gate.await();
            return 1;
        }));
        begun.await();
        Runnable proxied = pool.proxy(Runnable.class, () -> { });
        pool.close();
        pool.close();
        String message =
                assertThrows(RejectedExecutionException.class, () -> caller.call(() -> pool.execute(() -> 1)))
                .getMessage();
        assertTrue(message.contains("closed"), message);
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> 1, java.time.Duration.ofSeconds(1)));
        assertThrows(RejectedExecutionException.class, () -> pool.executor().execute(() -> { }));
        assertThrows(RejectedExecutionException.class, proxied::run);
        gate.countDown();
        assertEquals(1, running.get());
        Until.holds("its threads have ended", () -> behind.threadCount() == 0);
    }

    @Test
    void theNameOfAPoolIsItsOwnUntilItIsClosed() {
        TPool first = TPool.create("test-name", 1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TPool.create("test-name", 1)).getMessage()
                .contains("test-name"));
        first.close();
        TPool.create("test-name", 1).close();
        assertThrows(IllegalArgumentException.class, () -> TPool.create("default-" + " ", 1));
        for (String name : List.of("", "1a", "a b", "a,b", "a".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> TPool.create(name, 1));
        }
        assertThrows(NullPointerException.class, () -> TPool.create(null, 1));
    }

    @Test
    void theSharedPoolIsOneAndCannotBeClosed() throws Exception {
        assertSame(TPool.shared(), TPool.shared());
        TPool.shared().close();
        assertEquals(7, TPool.shared().execute(() -> 7));
        assertThrows(IllegalArgumentException.class, () -> TPool.create("default", 1));
    }

    @Test
    void nullIsNoTask() {
        assertThrows(NullPointerException.class, () -> pool.execute(null));
        assertThrows(NullPointerException.class, () -> pool.execute(null, java.time.Duration.ofSeconds(1)));
        assertThrows(NullPointerException.class, () -> pool.execute(() -> 1, null));
        assertThrows(NullPointerException.class, () -> pool.executor().execute(null));
    }

    @ParameterizedTest
    @EnumSource
    void theExecutorReturnsAtOnceAndAPoolThreadRunsTheTask(Caller caller) throws Exception {
        CompletableFuture<ThreadIds> ran = new CompletableFuture<>();
        caller.call(() -> {
            pool.executor().execute(() -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                ran.complete(ThreadIds.current());
            });
            return null;
        });
        assertFalse(ran.isDone());
        gate.countDown();
        assertTrue(ran.get().name().startsWith("tpool-test"));
        assertEquals(7, CompletableFuture.supplyAsync(() -> 7, pool.executor()).get());
        Until.holds("both are counted", () -> behind.completedCount() == 2);
    }

    @Test
    void whatATaskOfTheExecutorThrowsGoesToTheUncaughtExceptionHandler() throws Exception {
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        Error thrown = new Error("meant to happen");
        pool.executor().execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            throw thrown;
        });
        assertSame(thrown, uncaught.take());
        assertEquals(7, pool.execute(() -> 7));
    }
}
