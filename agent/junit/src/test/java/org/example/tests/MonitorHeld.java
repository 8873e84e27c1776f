// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

/** Captures a carrier before JDK 24 alone. */
@CarriersStayFree
class MonitorHeld {
    @Test
    void sleepsInMonitor() throws Exception {
        Work.inThreads(1, () -> {
            synchronized (this) {
                Thread.sleep(1_200);
            }
        });
    }
}
