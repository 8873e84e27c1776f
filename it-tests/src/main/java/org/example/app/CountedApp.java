// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Counts its own calls, for the agent's figures to be held against. {@code calls THREADS} makes a few calls of each
 * method on so many virtual threads and prints the counts. {@code saturated THREADS} does the same after two calls each
 * to the pools of one thread, of which the second one finds none free. {@code nap THREADS} waits for a line and then
 * does the same after some longer calls. {@code wait THREADS} lets so many virtual threads wait in native code. Then it
 * waits for its standard input to end.
 *
 * @since 1.0
 */
public final class CountedApp {
    private static final long NAP_MILLIS = 60;
    private static final LongAdder made = new LongAdder();
    private static final LongAdder threw = new LongAdder();
    private static final LongAdder refused = new LongAdder();

    private CountedApp() {
    }

    /**
     * Runs one of the cases.
     *
     * @param args name of the case and number of threads
     * @throws Exception if the case fails
     */
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        switch (args[0]) {
            case "calls" -> call(threads);
            case "saturated" -> {
                callWhileOccupied(new CountedCalls()::inPlace);
                callWhileOccupied(new CountedCalls()::refuse);
                call(threads);
            }
            case "nap" -> nap(threads);
            default -> {
                for (int i = 0; i < threads; i++) {
                    Thread.ofVirtual().name("waiting-" + i).start(CountedCalls::awaitEnd);
                }
            }
        }
        Load.print("ready", args[0]);
        CountedCalls.awaitEnd();
    }

    private static void nap(int threads) throws Exception {
        Load.print("napping", "after the next line");
        System.in.read();
        Load.onVirtualThreads(threads, number -> new CountedCalls().nap(NAP_MILLIS));
        call(threads);
    }

    /** One call keeps the only thread of its pool until another one has come and gone. */
    private static void callWhileOccupied(Consumer<Runnable> method) throws Exception {
        CountDownLatch occupied = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        Load.onVirtualThreads(2, number -> {
            if (number == 0) {
                method.accept(() -> {
                    occupied.countDown();
                    while (gone.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                });
            } else {
                occupied.await();
                countRefusal(() -> method.accept(() -> { }));
                gone.countDown();
            }
        });
    }

    private static void countRefusal(Runnable call) {
        try {
            call.run();
        } catch (RejectedExecutionException e) {
            refused.increment();
        }
    }

    private static void call(int threads) throws Exception {
        new CountedCalls().callOnce();   // by a platform thread: not counted
        Load.onVirtualThreads(threads, CountedApp::callAll);
        Load.onVirtualThreads(CountedCalls.PINS, CountedCalls::pin);
        Load.print("made", made.sum());
        Load.print("threw", threw.sum());
        Load.print("refused", refused.sum());
        Load.print("pinned", CountedCalls.pinned());
    }

    private static void callAll(int number) {
        CountedCalls calls = new CountedCalls();
        made.increment();
        calls.callOnce();
        calls.handOff();
        calls.inPlace(Thread::onSpinWait);
        try {
            calls.fail(number);
        } catch (IllegalStateException e) {
            threw.increment();
        }
        countRefusal(() -> calls.refuse(() -> LockSupport.parkNanos(10_000)));
    }
}
