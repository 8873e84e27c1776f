// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class Computation {
    @Test
    void computes() throws Exception {
        Work.inThreads(1, () -> Work.compute(100_000_000));
    }
}
