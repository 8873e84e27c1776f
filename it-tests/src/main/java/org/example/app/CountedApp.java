package org.example.app;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts its own calls, for the agent's figures to be held against. {@code calls THREADS} makes a few calls of each method on so many
 * virtual threads and prints the counts, {@code nap THREADS} waits for a line and then does the same after some longer ones,
 * {@code wait THREADS} lets so many virtual threads wait in native code. Then it waits for its standard input to end.
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
        calls.inPlace();
        try {
            calls.fail(number);
        } catch (IllegalStateException e) {
            threw.increment();
        }
        try {
            calls.refuse();
        } catch (RejectedExecutionException e) {
            refused.increment();
        }
    }
}
