// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class NoVirtualThread {
    @Test
    void computes() throws Exception {
        Thread thread = new Thread(() -> Work.compute(10_000_000));
        thread.start();
        thread.join();
    }
}
