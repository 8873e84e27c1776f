// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import io.tpool.GreenPile;
import io.tpool.GreenPool;
import io.tpool.TPool;
import io.tpool.ThreadIds;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Uses the API by itself: all of it has to come out right with the agent and without.
 *
 * @since 1.0
 */
public final class ApiApp {
    private static final int CALLERS = 10;
    private static final int CALLS = 1_000;
    private static final int ITEMS = 1_000_000;
    private static final long MOST_BYTES = 4_000_000;
    private static final TPool POOL = TPool.shared();

    private ApiApp() {
    }

    /**
     * Runs all cases.
     *
     * @param args none
     * @throws Exception if a case fails
     */
    public static void main(String[] args) throws Exception {
        Load.print("size", POOL.size());
        Load.onVirtualThreads(1, i -> {
            Thread self = Thread.currentThread();
            Load.print("moves", POOL.execute(Thread::currentThread) == self);
            Load.print("carrier", POOL.execute(ThreadIds::current).carrier().replaceAll("[0-9]+", "N"));
        });
        Load.print("rightAnswers", rightAnswers());
        Load.print("leftBehind", leftBehind());
        for (int size : new int[] {5, 50, 500}) {
            Load.print("imap" + size, inOrder(size));
        }
        Load.print("grid", grid());
    }

    /** Each caller of a slow function gets the answers to its own questions. */
    private static int rightAnswers() {
        @SuppressWarnings("unchecked")
        Function<Integer, Integer> slow = POOL.proxy(Function.class, (Function<Integer, Integer>) ApiApp::answer);
        GreenPile<Integer> callers = new GreenPile<>(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            int first = i * CALLS;
            callers.spawn(() -> (int) IntStream.range(first, first + CALLS)
                .filter(question -> slow.apply(question) == -question).count());
        }
        int right = 0;
        for (int each : callers) {
            right += each;
        }
        return right;
    }

    private static int answer(int question) {
        try {
            Thread.sleep(0, ThreadLocalRandom.current().nextInt(1_000_000));
            return -question;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long leftBehind() throws Exception {
        List<WeakReference<Object>> objects = new ArrayList<>();
        Load.onVirtualThreads(1, i -> {
            for (int n = 0; n < 100; n++) {
                objects.add(failed());
            }
        });
        long left = objects.size();
        for (int n = 0; n < 100 && left > 0; n++) {
            System.gc();
            Thread.sleep(10);
            left = objects.stream().filter(object -> object.get() != null).count();
        }
        return left;
    }

    private static WeakReference<Object> failed() throws Exception {
        IOException thrown = new IOException("meant to happen");
        try {
            POOL.execute(() -> {
                throw thrown;
            });
            throw new IllegalStateException("nothing was thrown");
        } catch (IOException e) {
            if (e != thrown) {
                throw new IllegalStateException("another exception", e);
            }
        }
        return new WeakReference<>(thrown);
    }

    private static String inOrder(int size) throws InterruptedException {
        Iterator<Integer> results =
            new GreenPool(size).imap((Integer x) -> -x, () -> IntStream.range(0, ITEMS).iterator());
        long early = 0;
        for (int i = 0; i < ITEMS; i++) {
            if (results.next() != -i) {
                return "out of order at " + i;
            }
            if (i == ITEMS / 10) {
                early = usedMemory();
            } else if (i == ITEMS / 10 * 9 && grown(early) >= MOST_BYTES) {
                return "memory grew by " + grown(early);
            }
        }
        return "in order, in constant memory";
    }

    /** By how much; what others have left is collected at some time. */
    private static long grown(long early) throws InterruptedException {
        long grown = usedMemory() - early;
        for (int n = 0; n < 100 && grown >= MOST_BYTES; n++) {
            Thread.sleep(10);
            grown = usedMemory() - early;
        }
        return grown;
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Tasks in pools within pools that share too few resources. */
    private static int grid() {
        int done = 0;
        for (int resources = 1; resources <= 4; resources++) {
            for (int size = 1; size <= 4; size++) {
                Semaphore tokens = new Semaphore(resources);
                GreenPool outer = new GreenPool(size);
                GreenPool inner = new GreenPool(size);
                for (Iterator<Integer> it =
                    outer.imap(n -> row(outer, inner, tokens), List.of(1, 2, 3, 4)); it.hasNext(); ) {
                    done += it.next();
                }
            }
        }
        return done;
    }

    private static int row(GreenPool outer, GreenPool inner, Semaphore tokens) {
        int done = 0;
        for (Iterator<Integer> it = inner.imap(n -> cell(outer, tokens), List.of(1, 2, 3, 4)); it.hasNext(); ) {
            done += it.next();
        }
        return done;
    }

    private static int cell(GreenPool outer, Semaphore tokens) {
        try {
            return outer.spawn(() -> {
                tokens.acquire();
                int done = POOL.execute(() -> 1);
                tokens.release();
                return done;
            }).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
