// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Row row = new Row("s", "t", Rival.SUBMIT, List.of(Metric.TIME), Metric.TIME, 3, List.of());
    private final Results results = new Results();

    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertEquals(OptionalDouble.of(2), Results.median(List.of(9.0, 1.0, 2.0)));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertEquals(OptionalDouble.of(3), Results.median(List.of(1.0, 100.0, 4.0, 2.0)));
    }

    @Test
    void aRatioIsThatOfTheMedians() {
        for (double time : List.of(10.0, 1.0, 4.0)) {
            results.add(row, Rival.TPOOL, Map.of(Metric.TIME, time));
            results.add(row, Rival.SUBMIT, Map.of(Metric.TIME, 9 - time / 2));
        }
        assertEquals(4.0 / 7.0, results.ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.TIME).getAsDouble());
    }

    @Test
    void thereIsNoRatioToNothing() {
        results.add(row, Rival.TPOOL, Map.of(Metric.TIME, 1.0));
        assertTrue(results.ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.TIME).isEmpty());
        results.add(row, Rival.SUBMIT, Map.of(Metric.TIME, 0.0));
        assertTrue(results.ratio(row, Rival.TPOOL, Rival.SUBMIT, Metric.TIME).isEmpty());
    }
}
