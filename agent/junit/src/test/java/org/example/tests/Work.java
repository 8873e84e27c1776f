// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.List;

/** What the virtual threads of the sample tests do. */
final class Work {
    private static volatile long sink;

    private Work() {
    }

    interface C extends Library {
        C INSTANCE = Native.load("c", C.class);

        int usleep(int micros);
    }

    interface Task {
        void run() throws Exception;
    }

    /** Runs a task on as many virtual threads, and waits for all of them. */
    static void inThreads(int count, Task task) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> thrown = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name("sample-" + i).start(() -> {
                try {
                    task.run();
                } catch (Throwable e) {
                    thrown.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!thrown.isEmpty()) {
            throw new AssertionError(thrown.get(0));
        }
    }

    static void nativeSleep(int millis) {
        C.INSTANCE.usleep(millis * 1000);
    }

    /** Adds one that often, in some nanoseconds of CPU time each. */
    static void compute(long times) {
        for (long i = 0; i < times; i++) {
            sink++;
        }
    }
}
