// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

class OneMethod {
    @Test
    @CarriersStayFree(max = "50ms")
    void watched() throws Exception {
        Work.inThreads(2, () -> Work.nativeSleep(1_200));
    }

    @Test
    void unwatched() throws Exception {
        Work.inThreads(1, () -> Work.nativeSleep(1_200));
    }

    @Test
    @CarriersStayFree(max = "10s")
    void allowed() throws Exception {
        Work.inThreads(1, () -> Work.nativeSleep(1_200));
    }
}
