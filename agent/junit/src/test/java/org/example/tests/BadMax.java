// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

class BadMax {
    @Test
    @CarriersStayFree(max = "0")
    void zero() throws Exception {
        Work.inThreads(1, () -> { });
    }

    @Test
    @CarriersStayFree(max = "-5ms")
    void negative() throws Exception {
        Work.inThreads(1, () -> { });
    }

    @Test
    @CarriersStayFree(max = "soon")
    void nonsense() throws Exception {
        Work.inThreads(1, () -> { });
    }
}
