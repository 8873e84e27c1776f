// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreenPileTest {
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    @Eventlet("GreenPile.test_pile")
    void resultsComeInSpawnOrder() {
        GreenPool pool = new GreenPool(4);
        GreenPile<Integer> pile = new GreenPile<>(pool);
        pile.spawn(() -> {
            gate.await();
            return 0;
        });
        for (int i = 1; i < 10; i++) {
            int item = i;
            pile.spawn(() -> item);
        }
        Until.holds("all but the first have ended", () -> pool.running() == 1);
        Until.countDownWhenWaiting(Thread.currentThread(), gate);
        assertEquals(range(0, 10), all(pile));
        assertFalse(pile.iterator().hasNext());
    }

    @Test
    @Eventlet("GreenPile.test_pile_spawn_times_out")
    void aSpawnThatIsInterruptedLeavesThePileAsItWas() {
        GreenPile<Integer> pile = new GreenPile<>(4);
        for (int i = 0; i < 4; i++) {
            int item = i;
            pile.spawn(() -> {
                gate.await();
                return item;
            });
        }
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> pile.spawn(() -> -1));
        assertTrue(Thread.interrupted());
        gate.countDown();
        for (int i = 4; i < 10; i++) {
            int item = i;
            pile.spawn(() -> item);
        }
        assertEquals(range(0, 10), all(pile));
    }

    @Test
    @Eventlet("GreenPile.test_empty_pile")
    void anEmptyPileHasNoResults() {
        GreenPile<Integer> pile = new GreenPile<>(4);
        assertEquals(List.of(), all(pile));
        assertThrows(NoSuchElementException.class, pile.iterator()::next);
    }

    @Test
    @Eventlet("GreenPile.test_constructing_from_pool")
    void pilesMayShareAPool() throws Exception {
        GreenPool pool = new GreenPool(2);
        GreenPile<Integer> one = new GreenPile<>(pool);
        GreenPile<Integer> other = new GreenPile<>(pool);
        Thread first = Thread.startVirtualThread(() -> range(0, 10).forEach(i -> one.spawn(() -> i)));
        Thread second = Thread.startVirtualThread(() -> range(100, 110).forEach(i -> other.spawn(() -> i)));
        first.join();
        second.join();
        assertEquals(range(100, 110), all(other));
        assertEquals(range(0, 10), all(one));
    }

    @Test
    void theVeryExceptionOfATaskComesAtItsPlaceAndTheIterationGoesOn() {
        GreenPile<Integer> pile = new GreenPile<>(2);
        IOException thrown = new IOException("meant to happen");
        pile.spawn(() -> 1);
        pile.spawn(() -> {
            throw thrown;
        });
        pile.spawn(() -> 3);
        Iterator<Integer> results = pile.iterator();
        assertEquals(1, results.next());
        assertSame(thrown, assertThrows(IOException.class, results::next));
        assertEquals(3, results.next());
        assertFalse(results.hasNext());
    }

    @Test
    void anInterruptedConsumerLeavesTheResultOnThePile() {
        GreenPile<Integer> pile = new GreenPile<>(2);
        pile.spawn(() -> {
            gate.await();
            return 1;
        });
        pile.spawn(() -> 2);
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, pile.iterator()::next);
        assertTrue(Thread.interrupted());
        gate.countDown();
        assertEquals(List.of(1, 2), all(pile));
    }

    @Test
    void hasNextWaitsForAThreadThatIsAboutToSpawn() throws Exception {
        GreenPool pool = new GreenPool(1);
        GreenPile<Integer> pile = new GreenPile<>(pool);
        pool.spawn(() -> {
            gate.await();
            return null;
        });
        Thread spawner = Thread.startVirtualThread(() -> pile.spawn(() -> 1));
        Until.holds("the spawner waits", () -> pool.waiting() == 1);
        List<Boolean> answer = new ArrayList<>();
        Thread consumer = Thread.startVirtualThread(() -> answer.add(pile.iterator().hasNext()));
        Until.waits(consumer);
        gate.countDown();
        consumer.join();
        spawner.join();
        assertEquals(List.of(true), answer);
        assertEquals(List.of(1), all(pile));
    }

    @Test
    void aSpawnThatFailsEndsTheWaitOfTheConsumer() throws Exception {
        GreenPool pool = new GreenPool(1);
        GreenPile<Integer> pile = new GreenPile<>(pool);
        pool.spawn(() -> {
            gate.await();
            return null;
        });
        Thread spawner =
                Thread.ofVirtual().uncaughtExceptionHandler((thread, e) -> { }).start(() -> pile.spawn(() -> 1));
        Until.holds("the spawner waits", () -> pool.waiting() == 1);
        List<Boolean> answer = new ArrayList<>();
        Thread consumer = Thread.startVirtualThread(() -> answer.add(pile.iterator().hasNext()));
        Until.waits(consumer);
        spawner.interrupt();
        consumer.join();
        assertEquals(List.of(false), answer);
        gate.countDown();
    }

    @Test
    void sizesBelowOneAndNullAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new GreenPile<>(0));
        assertThrows(IllegalArgumentException.class, () -> new GreenPile<>(-1));
        assertThrows(NullPointerException.class, () -> new GreenPile<>(null));
        assertThrows(NullPointerException.class, () -> new GreenPile<>(1).spawn(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 50})
    @Eventlet({"Stress.test_ordering_5", "Stress.test_ordering_50"})
    void resultsOfEachSpawnerComeInItsOrderUnderStress(int size) throws Exception {
        int spawners = 3;
        int each = 1_000;
        GreenPile<Token> pile = new GreenPile<>(size);
        List<Thread> threads = IntStream.range(0, spawners).mapToObj(spawner -> Thread.startVirtualThread(() -> {
            for (int i = 0; i < each; i++) {
                Token token = new Token(spawner, i);
                pile.spawn(() -> underPressure(token));
            }
        })).toList();
        int[] latest = {-1, -1, -1};
        Iterator<Token> results = pile.iterator();
        for (int received = 0; received < spawners * each; ) {
            if (!results.hasNext()) {
                Thread.yield();
                continue;
            }
            Token token;
            try {
                token = results.next();
            } catch (StressException e) {
                token = e.token;
            }
            received++;
            assertEquals(latest[token.spawner] + 1, token.order);
            latest[token.spawner] = token.order;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertFalse(results.hasNext());
    }

    private static Token underPressure(Token token) throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (random.nextBoolean()) {
            Thread.sleep(0, random.nextInt(1_000_000));
        }
        if (random.nextInt(10) < 8) {
            return token;
        }
        throw new StressException(token);
    }

    private record Token(int spawner, int order) {
    }

    private static final class StressException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Token token;

        StressException(Token token) {
            this.token = token;
        }
    }

    private static List<Integer> range(int from, int end) {
        return IntStream.range(from, end).boxed().toList();
    }

    private static <T> List<T> all(GreenPile<T> pile) {
        List<T> all = new ArrayList<>();
        pile.forEach(all::add);
        return all;
    }
}
