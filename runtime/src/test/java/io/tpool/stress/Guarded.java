// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import java.util.concurrent.locks.ReentrantLock;

/** What the callers of a stress lock. */
final class Guarded {
    final ReentrantLock lock = new ReentrantLock();
    final Object monitor = new Object();
    long byLock;
    long byMonitor;
}
