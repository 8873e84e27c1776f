// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class PoliteLocks {
    @Test
    void takesTurns() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Work.inThreads(20, () -> {
            lock.lock();
            try {
                Thread.sleep(5);
            } finally {
                lock.unlock();
            }
        });
    }
}
