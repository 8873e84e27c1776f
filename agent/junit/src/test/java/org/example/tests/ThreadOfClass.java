// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A worker, made for all tests of the class, does what the tests ask it for. */
@CarriersStayFree
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreadOfClass {
    private static final LinkedBlockingQueue<Integer> ASKED = new LinkedBlockingQueue<>();
    private static final Semaphore DONE = new Semaphore(0);
    private static Thread worker;

    @BeforeAll
    static void start() {
        worker = Thread.ofVirtual().name("worker").start(() -> {
            try {
                for (;;) {
                    int millis = ASKED.take();
                    if (millis > 0) {
                        Work.nativeSleep(millis);
                    }
                    DONE.release();
                }
            } catch (InterruptedException end) {
                return;
            }
        });
    }

    @AfterAll
    static void end() {
        worker.interrupt();
    }

    @Test
    @Order(1)
    void asksForNothing() throws Exception {
        ask(0);
    }

    @Test
    @Order(2)
    void asksForSleep() throws Exception {
        ask(1_200);
    }

    @Test
    @Order(3)
    void asksForNothingAgain() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.submit(() -> {
                ask(0);
                return null;
            }).get();
        }
    }

    private static void ask(int millis) throws InterruptedException {
        ASKED.add(millis);
        DONE.acquire();
    }
}
