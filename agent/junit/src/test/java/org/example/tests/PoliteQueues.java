// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class PoliteQueues {
    private static final int ROUNDS = 200;

    @Test
    void handsOver() throws Exception {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        Thread taker = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 10 * ROUNDS; i++) {
                try {
                    queue.take();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        Work.inThreads(10, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                queue.put(i);
            }
        });
        taker.join();
    }
}
