// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.green.Member;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreenPoolReentranceTest {
    @Test
    @Eventlet("GreenPool.test_reentrant")
    void aMemberOfAFullPoolSpawnsAndGetsItsResult() throws Exception {
        GreenPool pool = new GreenPool(1);
        assertEquals("inner", pool.spawn(() -> pool.spawn(() -> "inner").get()).get());
        assertEquals(1, pool.free());
    }

    @Test
    @Eventlet("GreenPool.test_reentrant")
    void aMemberOfAFullPoolSpawnsWithoutAskingForAResult() throws Exception {
        GreenPool pool = new GreenPool(1);
        CountDownLatch done = new CountDownLatch(1);
        pool.spawnN(() -> pool.spawnN(done::countDown));
        done.await();
        pool.waitAll();
        assertEquals(1, pool.free());
    }

    @Test
    void spawningMembersMayNestAsDeepAsTheyLike() throws Exception {
        GreenPool pool = new GreenPool(1);
        assertEquals(5_000, depth(pool, 5_000));
        assertEquals(1, pool.free());
    }

    private static int depth(GreenPool pool, int more) throws Exception {
        return more == 0 ? 0 : 1 + pool.spawn(() -> depth(pool, more - 1)).get();
    }

    @Test
    void theTaskOfAMemberRunsInAThreadOfItsOwnWhileTheMemberWaits() throws Exception {
        GreenPool pool = new GreenPool(1);
        AtomicInteger working = new AtomicInteger();
        boolean alone = pool.spawn(() -> {
            Thread member = Thread.currentThread();
            for (int i = 0; i < 100; i++) {
                working.set(1);
                pool.spawn(() -> {
                    assertEquals(0, working.get() - 1);
                    Until.waits(member);
                    return working.incrementAndGet();
                });
                assertEquals(2, working.get());
            }
            return true;
        }).get();
        assertTrue(alone);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMemberMayWaitForAThreadOfItsOwnThatSpawns(boolean virtual) throws Exception {
        GreenPool pool = new GreenPool(1);
        AtomicInteger result = new AtomicInteger();
        pool.spawn(() -> {
            Runnable task = () -> result.set(get(pool.spawn(() -> 7)));
            Thread child = virtual ? Thread.startVirtualThread(task) : Thread.ofPlatform().start(task);
            child.join();
            return null;
        }).get();
        assertEquals(7, result.get());
    }

    @Test
    void aMemberMayWaitForAGrandchildThatSpawns() throws Exception {
        GreenPool pool = new GreenPool(1);
        assertEquals(7, pool.spawn(() -> inThread(() -> inThread(() -> get(pool.spawn(() -> 7))))).get());
    }

    @Test
    void aMemberMayWaitForAnExecutorThatStartsAThreadForEachTask() throws Exception {
        GreenPool pool = new GreenPool(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals(7, pool.spawn(() -> executor.submit(() -> pool.spawn(() -> 7).get()).get()).get());
        }
    }

    @Test
    void aMemberMayWaitForATaskOfAnotherPoolThatSpawnsInItsOwn() throws Exception {
        GreenPool one = new GreenPool(1);
        GreenPool other = new GreenPool(1);
        Callable<Integer> innermost = () -> one.spawn(() -> other.spawn(() -> 7).get()).get();
        assertEquals(7, one.spawn(() -> other.spawn(innermost).get()).get());
    }

    @Test
    void theThreadOfAMemberThatHasEndedDescendsFromItsSpawnerStill() throws Exception {
        GreenPool one = new GreenPool(1);
        GreenPool other = new GreenPool(1);
        CompletableFuture<Integer> result = new CompletableFuture<>();
        one.spawn(() -> {
            CountDownLatch gone = new CountDownLatch(1);
            WeakReference<?> inner = other.spawn(() -> {
                Thread.startVirtualThread(() -> {
                    get(gone);
                    result.complete(get(one.spawn(() -> 7)));
                });
                return (WeakReference<?>) Member.ancestry()[0];
            }).get();
            other.waitAll();
            Until.holds("the member that started the thread is gone", () -> {
                System.gc();
                return inner.get() == null;
            });
            gone.countDown();
            return result.get();
        }).get();
        assertEquals(7, result.get());
    }

    @Test
    void aTaskMayWaitForWhatItsSpawnerDoesNext() throws Exception {
        GreenPool pool = new GreenPool(1);
        assertTrue(pool.spawn(() -> {
            CountDownLatch next = new CountDownLatch(1);
            Future<Boolean> inner = pool.spawn(() -> get(next));
            next.countDown();
            return inner.get();
        }).get());
    }

    @Test
    void tasksOfSeveralThreadsOfAMemberMayWaitForEachOther() throws Exception {
        GreenPool pool = new GreenPool(2);
        CyclicBarrier barrier = new CyclicBarrier(4);
        assertEquals(4, pool.spawn(() -> {
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                CompletableFuture<Integer> result = new CompletableFuture<>();
                results.add(result);
                Thread.startVirtualThread(() -> result.complete(get(pool.spawn(() -> {
                    barrier.await();
                    return 1;
                }))));
            }
            return results.stream().mapToInt(CompletableFuture::join).sum();
        }).get());
    }

    @Test
    void aMemberLendsItsPlaceToOneTaskAtATime() throws Exception {
        GreenPool pool = new GreenPool(1);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        pool.spawn(() -> {
            List<Thread> children =
                    IntStream.range(0, 50).mapToObj(i -> Thread.startVirtualThread(() -> pool.spawn(() -> {
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                Thread.sleep(1);
                return working.decrementAndGet();
            }))).toList();
            for (Thread child : children) {
                child.join();
            }
            return null;
        }).get();
        pool.waitAll();
        assertEquals(1, most.get());
    }

    @Test
    void aThreadThatOutlivesItsMemberWaitsLikeEverybodyElse() throws Exception {
        GreenPool pool = new GreenPool(1);
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Thread child = pool.spawn(() -> Thread.startVirtualThread(() -> {
            get(ended);
            pool.spawn(() -> 7);
        })).get();
        Future<?> other = pool.spawn(() -> get(gate));
        ended.countDown();
        Until.holds("the child waits for a slot", () -> pool.waiting() == 1);
        assertEquals(1, pool.running());
        gate.countDown();
        other.get();
        child.join();
    }

    @Test
    void aMemberMayConsumeAnImapThatSomebodyElseBegan() throws Exception {
        GreenPool pool = new GreenPool(1);
        CountDownLatch full = new CountDownLatch(1);
        Iterator<Integer> results = pool.imap(x -> x + 1, () -> {
            get(full);
            return List.of(1, 2, 3).iterator();
        });
        assertEquals(List.of(2, 3, 4), pool.spawn(() -> {
            full.countDown();
            List<Integer> all = new ArrayList<>();
            results.forEachRemaining(all::add);
            return all;
        }).get());
    }

    @Test
    void aMemberMayUseImapOfItsOwnFullPool() throws Exception {
        GreenPool pool = new GreenPool(2);
        Callable<Integer> sum = () -> {
            int total = 0;
            for (Iterator<Integer> it = pool.imap(x -> x, IntStream.range(0, 100).boxed().toList()); it.hasNext(); ) {
                total += it.next();
            }
            return total;
        };
        Future<Integer> one = pool.spawn(sum);
        Future<Integer> other = pool.spawn(sum);
        assertEquals(9_900, one.get() + other.get());
        pool.waitAll();
        assertEquals(2, pool.free());
    }

    @Test
    void aMemberMayTakeFromAPileThatAStrangerSpawnsOn() throws Exception {
        GreenPool pool = new GreenPool(1);
        GreenPile<Integer> pile = new GreenPile<>(pool);
        CountDownLatch full = new CountDownLatch(1);
        Thread stranger = Thread.startVirtualThread(() -> {
            get(full);
            pile.spawn(() -> 7);
        });
        assertEquals(7, pool.spawn(() -> {
            full.countDown();
            Until.holds("the stranger waits", () -> pool.waiting() == 1);
            return pile.iterator().next();
        }).get());
        stranger.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aGridOfTasksInPoolsThatSpawnInEachOthersPoolsEnds(int size) throws Exception {
        List<GreenPool> pools = IntStream.range(0, 3).mapToObj(i -> new GreenPool(size)).toList();
        GreenPool outer = new GreenPool(size);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(outer.spawn(() -> grid(pools, 0)));
        }
        for (Future<Integer> result : results) {
            assertEquals(27, result.get());
        }
        for (GreenPool pool : pools) {
            pool.waitAll();
            assertEquals(size, pool.free());
        }
    }

    private static int grid(List<GreenPool> pools, int level) throws Exception {
        if (level == pools.size()) {
            return 1;
        }
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += pools.get(level).spawn(() -> grid(pools, level + 1)).get();
        }
        return sum;
    }

    @Test
    @Eventlet("GreenPool.test_recursive_waitall")
    void waitAllByAMemberFailsInsteadOfWaitingForItself() throws Exception {
        GreenPool pool = new GreenPool(2);
        Future<?> direct = pool.spawn(() -> {
            pool.waitAll();
            return null;
        });
        assertEquals(IllegalStateException.class,
                assertThrows(ExecutionException.class, direct::get).getCause().getClass());
        Future<IllegalStateException> throughAThread = pool.spawn(
                () -> inThread(() -> assertThrows(IllegalStateException.class, pool::waitAll)));
        assertTrue(throughAThread.get().getMessage().contains("member"));
    }

    @Test
    void aMemberMayWaitForAllOfAnotherPool() throws Exception {
        GreenPool pool = new GreenPool(1);
        GreenPool other = new GreenPool(1);
        assertEquals(0, pool.spawn(() -> {
            other.spawn(() -> 1);
            other.waitAll();
            return other.running();
        }).get());
    }

    @Test
    void aLineOfSuccessorsHoldsNoneOfItsForebears() throws Exception {
        GreenPool pool = new GreenPool(50);
        CompletableFuture<Integer> length = new CompletableFuture<>();
        pool.spawnN(() -> successor(pool, 10_000, length));
        assertTrue(length.get() <= 200, "line of " + length.get());
    }

    private static void successor(GreenPool pool, int more, CompletableFuture<Integer> length) {
        if (more > 0) {
            pool.spawnN(() -> successor(pool, more - 1, length));
            return;
        }
        int members = 0;
        for (Object[] at = Member.ancestry(); at != null; at = (Object[]) at[1]) {
            members++;
        }
        length.complete(members);
    }

    @Test
    void aThreadThatAMemberStartedKeepsNothingOfTpoolAlive() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<Object[]> lines = new ArrayList<>();
        GreenPool pool = new GreenPool(1);
        Thread child = pool.spawn(() -> inThread(() -> {
            lines.add(Member.ancestry());
            return Thread.startVirtualThread(() -> get(gate));
        })).get();
        pool.waitAll();
        for (Object[] at = lines.get(0); at != null; at = (Object[]) at[1]) {
            assertNull(at.getClass().getComponentType().getClassLoader());
            assertEquals(WeakReference.class, at[0].getClass());
        }
        WeakReference<?> member = (WeakReference<?>) lines.get(0)[0];
        Until.holds("the member is gone", () -> {
            System.gc();
            return member.get() == null;
        });
        gate.countDown();
        child.join();
    }

    private static <T> T inThread(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }).join();
        return result.get();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean get(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
