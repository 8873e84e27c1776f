// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class NativeSleep {
    @Test
    void sleeps() throws Exception {
        Work.inThreads(1, () -> Work.nativeSleep(1_200));
    }
}
