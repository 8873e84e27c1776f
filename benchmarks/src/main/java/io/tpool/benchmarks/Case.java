// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.Map;

/**
 * One rival in a situation.
 *
 * @param rival its name
 * @param measurement measures it once
 */
record Case(Rival rival, Measurement measurement) {
    /** Starts a JVM and looks at what it does. */
    @FunctionalInterface
    interface Measurement {
        /** One round's figures. */
        Map<Metric, Double> measure() throws Exception;
    }
}
