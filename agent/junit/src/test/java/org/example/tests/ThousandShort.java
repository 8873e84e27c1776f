// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import org.junit.jupiter.api.RepeatedTest;

/** A suite of many tests that take a few milliseconds each. */
abstract class ThousandShort {
    private static final int TESTS = 1_000;

    @RepeatedTest(TESTS)
    void isShort() throws Exception {
        Work.inThreads(4, () -> Thread.sleep(2));
    }
}
