// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class PoliteSleep {
    @Test
    void sleeps() throws Exception {
        Work.inThreads(20, () -> Thread.sleep(100));
    }
}
