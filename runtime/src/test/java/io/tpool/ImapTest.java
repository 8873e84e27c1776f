// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImapTest {
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    @Eventlet("GreenPool.test_imap")
    void resultsComeInTheOrderOfTheInput() {
        GreenPool pool = new GreenPool(4);
        CountDownLatch others = new CountDownLatch(3);
        Iterator<Integer> results = pool.imap(x -> {
            if (x == 0) {
                await(gate);
            }
            others.countDown();
            return -x;
        }, range(10));
        await(others);
        Until.holds("all but the first have ended", () -> pool.running() == 1);
        Until.countDownWhenWaiting(Thread.currentThread(), gate);
        assertEquals(List.of(0, -1, -2, -3, -4, -5, -6, -7, -8, -9), rest(results));
        assertThrows(NoSuchElementException.class, results::next);
    }

    @Test
    @Eventlet("GreenPool.test_empty_imap")
    void anEmptyInputHasNoResults() {
        Iterator<Object> results = new GreenPool(4).imap(x -> x, List.of());
        assertFalse(results.hasNext());
        assertThrows(NoSuchElementException.class, results::next);
    }

    @Test
    @Eventlet({"GreenPool.test_starmap", "GreenPool.test_imap_multi_args"})
    void starmapSpreadsTheItemsOverTheArguments() {
        Iterator<String> results = new GreenPool(4).starmap((Integer a, String b) -> a + b,
                range(5).stream().map(i -> Map.entry(i, "x")).toList());
        assertEquals(List.of("0x", "1x", "2x", "3x", "4x"), rest(results));
    }

    @Test
    void starmapHandsOverANullItemAsAFailureAtItsPlace() {
        Iterator<Integer> results =
                new GreenPool(4).starmap(Integer::sum, Arrays.asList(Map.entry(1, 2), null, Map.entry(3, 4)));
        assertEquals(3, results.next());
        assertThrows(NullPointerException.class, results::next);
        assertEquals(7, results.next());
        assertFalse(results.hasNext());
    }

    @Test
    void itemsAndResultsMayBeNull() {
        List<Integer> input = Arrays.asList(1, null, 3);
        assertEquals(input, rest(new GreenPool(2).imap(x -> x, input)));
    }

    @Test
    @Eventlet("GreenPool.test_imap_raises")
    void theExceptionOfAnItemComesAtItsPlaceAndTheIterationGoesOn() {
        RuntimeException thrown = new RuntimeException("meant to happen");
        Iterator<Integer> results = new GreenPool(4).imap(x -> {
            if (x == 1 || x == 7) {
                throw thrown;
            }
            return x;
        }, range(10));
        for (int i = 0; i < 10; i++) {
            if (i == 1 || i == 7) {
                assertSame(thrown, assertThrows(RuntimeException.class, results::next));
            } else {
                assertEquals(i, results.next());
            }
        }
        assertFalse(results.hasNext());
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterator", "hasNext", "next"})
    void anExceptionOfTheInputEndsTheIterationWithThatException(String where) {
        Error thrown = new Error("meant to happen");
        GreenPool pool = new GreenPool(4);
        Iterator<Integer> results = pool.imap(x -> x, () -> {
            failIf(where.equals("iterator"), thrown);
            return new Iterator<Integer>() {
                private int next;

                @Override
                public boolean hasNext() {
                    failIf(where.equals("hasNext") && next == 2, thrown);
                    return true;
                }

                @Override
                public Integer next() {
                    failIf(where.equals("next") && next == 2, thrown);
                    return next++;
                }
            };
        });
        if (!where.equals("iterator")) {
            assertEquals(0, results.next());
            assertEquals(1, results.next());
        }
        assertTrue(results.hasNext());
        assertSame(thrown, assertThrows(Error.class, results::next));
        assertFalse(results.hasNext());
        assertThrows(NoSuchElementException.class, results::next);
        pool.waitAll();
        assertEquals(4, pool.free());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void theInputIsReadAtMostSizeItemsAheadOfTheConsumer(int size) {
        GreenPool pool = new GreenPool(size);
        AtomicInteger read = new AtomicInteger();
        Iterator<Integer> results = pool.imap(x -> x, counting(100, read));
        for (int taken = 0; taken < 100; taken++) {
            int most = Math.min(100, taken + size);
            pool.waitAll();
            assertEquals(most, read.get());
            assertTrue(results.hasNext());
            assertEquals(taken, results.next());
        }
        assertFalse(results.hasNext());
    }

    @Test
    void theItemsOfAllImapsAndSpawnsTogetherCountAgainstTheLimit() {
        GreenPool pool = new GreenPool(3);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Iterator<Integer>> all = IntStream.range(0, 4).mapToObj(n -> pool.imap((Integer x) -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            sleep(1);
            working.decrementAndGet();
            return x;
        }, range(50))).toList();
        for (int i = 0; i < 50; i++) {
            for (Iterator<Integer> results : all) {
                assertEquals(i, results.next());
            }
        }
        assertTrue(most.get() <= 3, most + " ran at a time");
    }

    @Test
    void aResultIsHandedOnWhileTheInputStillBlocks() throws Exception {
        BlockingQueue<Integer> input = new LinkedBlockingQueue<>(List.of(1));
        Iterator<Integer> results = new GreenPool(10).imap(x -> x * 10, () -> new Iterator<Integer>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return take(input);
            }
        });
        for (int i = 1; i < 100; i++) {
            assertEquals(i * 10, results.next());
            input.add(i + 1);
        }
    }

    @Test
    void waitAllCoversAnImapFromItsFirstMoment() {
        for (int i = 0; i < 200; i++) {
            GreenPool pool = new GreenPool(4);
            AtomicInteger done = new AtomicInteger();
            pool.imap(x -> done.incrementAndGet(), range(3));
            pool.waitAll();
            assertEquals(3, done.get());
        }
    }

    @Test
    void waitAllCoversAnImapAsLongAsItsConsumerWaitsForIt() throws Exception {
        GreenPool pool = new GreenPool(1);
        AtomicInteger done = new AtomicInteger();
        CompletableFuture<Thread> consumer = new CompletableFuture<>();
        Iterator<Integer> results = pool.imap(x -> {
            awaitThatItStaysWaiting(consumer.join());
            return done.incrementAndGet();
        }, range(30));
        consumer.complete(Thread.startVirtualThread(() -> results.forEachRemaining(x -> { })));
        pool.waitAll();
        assertEquals(30, done.get());
    }

    private static void awaitThatItStaysWaiting(Thread thread) {
        for (int seen = 0; seen < 3; seen++) {
            if (thread.getState() != Thread.State.WAITING) {
                seen = -1;
            }
            sleep(1);
        }
    }

    @Test
    void waitAllDoesNotWaitForAConsumerThatDoesNotCome() {
        GreenPool pool = new GreenPool(2);
        AtomicInteger read = new AtomicInteger();
        Iterator<Integer> results = pool.imap(x -> x, counting(100, read));
        pool.waitAll();
        assertEquals(2, read.get());
        assertEquals(100, rest(results).size());
    }

    @Test
    void anIteratorThatIsLetGoOfLeavesNothing() {
        GreenPool pool = new GreenPool(5);
        WeakReference<Object> results = new WeakReference<>(begun(pool));
        pool.waitAll();
        assertEquals(0, pool.running());
        assertEquals(0, pool.waiting());
        Until.holds("the iterator is gone", () -> {
            System.gc();
            return results.get() == null;
        });
    }

    private static Iterator<byte[]> begun(GreenPool pool) {
        Iterator<byte[]> results = pool.imap(x -> new byte[1_000], Collections.nCopies(Integer.MAX_VALUE, 1));
        results.next();
        return results;
    }

    @Test
    void aThousandIteratorsThatAreLetGoOfHoldNoThread() throws Exception {
        GreenPool pool = new GreenPool(5);
        BlockingQueue<WeakReference<Thread>> threads = new LinkedBlockingQueue<>();
        for (int i = 0; i < 1_000; i++) {
            pool.imap(x -> x, () -> {
                threads.add(new WeakReference<>(Thread.currentThread()));
                return Collections.nCopies(1_000, 1).iterator();
            }).next();
        }
        pool.waitAll();
        Until.holds("all readers have ended", () -> threads.stream().allMatch(reader -> {
            Thread thread = reader.get();
            return thread == null || !thread.isAlive();
        }));
    }

    @Test
    void closingEndsTheIterationAfterWhatHasRun() throws Exception {
        GreenPool pool = new GreenPool(1);
        Iterator<Integer> results = pool.imap(x -> {
            await(gate);
            return x;
        }, range(10));
        Until.holds("the first item runs", () -> pool.running() == 1);
        pool.close();
        gate.countDown();
        assertEquals(0, results.next());
        assertThrows(RejectedExecutionException.class, results::next);
        assertFalse(results.hasNext());
    }

    @Test
    void aPoolThatShrinksToZeroMeanwhileGoesOnWhenItGrows() throws Exception {
        GreenPool pool = new GreenPool(2);
        Iterator<Integer> results = pool.imap(x -> x, range(10));
        assertEquals(0, results.next());
        pool.resize(0);
        Thread consumer = Thread.startVirtualThread(() -> rest(results));
        Until.holds("an item waits for a slot", () -> pool.waiting() == 1);
        assertTrue(consumer.isAlive());
        pool.resize(2);
        consumer.join();
        assertFalse(results.hasNext());
    }

    @Test
    void growingWidensWhatIsReadAhead() {
        GreenPool pool = new GreenPool(1);
        AtomicInteger read = new AtomicInteger();
        Iterator<Integer> results = pool.imap(x -> x, counting(100, read));
        results.next();
        pool.resize(10);
        results.next();
        pool.waitAll();
        assertEquals(12, read.get());
    }

    @Test
    void anInterruptedConsumerCanGoOn() {
        GreenPool pool = new GreenPool(2);
        Iterator<Integer> results = pool.imap(x -> {
            await(gate);
            return x;
        }, range(3));
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, results::next);
        assertTrue(Thread.interrupted());
        gate.countDown();
        assertEquals(List.of(0, 1, 2), rest(results));
    }

    @Test
    void aConsumerInterruptedWhileTheInputBlocksCanGoOn() {
        Iterator<Integer> results = new GreenPool(2).imap(x -> x, () -> {
            await(gate);
            return range(3).iterator();
        });
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, results::hasNext);
        assertTrue(Thread.interrupted());
        gate.countDown();
        assertEquals(List.of(0, 1, 2), rest(results));
    }

    @Test
    void anInputThatInterruptsItsThreadDisturbsNothing() {
        GreenPool pool = new GreenPool(1);
        assertEquals(range(20), rest(pool.imap(x -> {
            sleep(1);
            return x;
        }, () -> range(20).stream().peek(x -> Thread.currentThread().interrupt()).iterator())));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 50, 500})
    @Eventlet({"Stress.test_imap_50", "Stress.test_imap_500"})
    void aMillionItemsComeInOrderInConstantMemory(int size) {
        int items = 1_000_000;
        AtomicInteger read = new AtomicInteger();
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Iterator<Integer> results = new GreenPool(size).imap(x -> {
            most.accumulateAndGet(held.incrementAndGet(), Math::max);
            return x;
        }, counting(items, read));
        long early = 0;
        for (int i = 0; i < items; i++) {
            assertEquals(i, results.next());
            held.decrementAndGet();
            if (i == items / 10) {
                early = usedMemory();
            } else if (i == items / 10 * 9) {
                assertNotGrown(early);
            }
        }
        assertFalse(results.hasNext());
        assertEquals(items, read.get());
        assertTrue(most.get() <= size + 1, most + " results were held");
    }

    /** What others in this JVM have left is collected at some time, what the iterator holds is not. */
    private static void assertNotGrown(long early) {
        long limit = early + 4_000_000;
        Until.holds("memory has grown by less than 4 MB over 800,000 items", () -> usedMemory() < limit);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Iterable<Integer> counting(int items, AtomicInteger read) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < items;
            }

            @Override
            public Integer next() {
                read.incrementAndGet();
                return next++;
            }
        };
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static <T> List<T> rest(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static void failIf(boolean condition, Error e) {
        if (condition) {
            throw e;
        }
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
