// SPDX-License-Identifier: Apache-2.0
package io.tpool;

/** An interface that is not public, for a class loader of a test's. */
interface Foreign {
    String threadName();

    /** Implements it. */
    class Target implements Foreign {
        @Override
        public String threadName() {
            Thread current = Thread.currentThread();
            return current.isVirtual() ? current.toString().replaceFirst(".*@", "") : current.getName();
        }
    }
}
