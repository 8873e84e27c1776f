// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

/** On a busy machine a thread that has slept for 2 ms may wait for a processor for longer than the limit. */
@CarriersStayFree
class PoliteNatives {
    @Test
    void sleepsShortly() throws Exception {
        Work.inThreads(4, () -> {
            for (int i = 0; i < 15; i++) {
                Work.nativeSleep(2);
                Thread.sleep(1);
            }
        });
    }
}
