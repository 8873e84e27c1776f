// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.metrics.Histogram;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has been counted of one method since it was woven, or since the last reset, which puts a new one in its place.
 */
final class MethodCounters {
    final LongAdder offloaded = new LongAdder();
    final LongAdder inPlace = new LongAdder();
    final LongAdder pinned = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    final Histogram waits = new Histogram();
    final Histogram runs = new Histogram();
}
