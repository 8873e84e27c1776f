// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link PoolStress} for a moment; its main method runs it for longer. */
class PoolStressTest {
    @ParameterizedTest
    @CsvSource({"1, false", "3, false", "1, true", "4, true"})
    void carries_every_piece_of_work_out_once_whatever_becomes_of_its_threads(int threads,
            boolean calm) throws InterruptedException {
        PoolStress stress = new PoolStress(threads, calm);
        String report = stress.run(40_000, 6, 20_000);
        assertEquals(0, stress.wrong(), report);
    }
}
