// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource({
        "NANOS, 0, 0 ns",
        "NANOS, 0.456, 0.46 ns",
        "NANOS, 12.34, 12.3 ns",
        "NANOS, 1234, 1.23 µs",
        "NANOS, 34567890, 34.6 ms",
        "NANOS, 3.4e12, '3,400 s'",
        "BYTES, 1023, '1,023 B'",
        "BYTES, 2048, 2.00 KiB",
        "COUNT, 2, 2.00",
        "SHARE, 0.975, 97.5 %",
        "NANOS, -1500, -1.50 µs",
    })
    void figuresAreWrittenWithThreeDigitsThatMatter(Unit unit, double value, String text) {
        assertEquals(text, unit.format(value));
    }
}
