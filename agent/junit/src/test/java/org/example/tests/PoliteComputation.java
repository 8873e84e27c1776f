// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class PoliteComputation {
    private static volatile long sink;

    @Test
    void computesShortly() throws Exception {
        Work.inThreads(8, () -> {
            for (int i = 0; i < 20; i++) {
                for (int k = 0; k < 20_000; k++) {
                    sink++;
                }
                Thread.sleep(1);
            }
        });
    }
}
