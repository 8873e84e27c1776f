// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.Mode;

/**
 * Where the numbers that woven code carries come from. Tests use their own.
 */
interface MethodIds {
    /** Those of the runtime. */
    MethodIds RUNTIME = new MethodIds() {
        @Override
        public int register(String method, String pool, Mode mode, ClassLoader loader) {
            return ListedMethods.register(method, pool, mode, loader);
        }

        @Override
        public void keepJnaLastError(int number, ClassLoader loader) {
            ListedMethods.keepJnaLastError(number, loader);
        }

        @Override
        public void discard(int number) {
            ListedMethods.discard(number);
        }

        @Override
        public void retire(int number) {
            ListedMethods.retire(number);
        }

        @Override
        public void restore(int number, String method, String pool, Mode mode) {
            ListedMethods.restore(number, method, pool, mode);
        }
    };

    int register(String method, String pool, Mode mode, ClassLoader loader);

    /** The class of the method mentions JNA. */
    void keepJnaLastError(int number, ClassLoader loader);

    void discard(int number);

    /** Byte code with the number may still run: its calls pass straight through. */
    void retire(int number);

    /** Byte code with a retired number is listed again. */
    void restore(int number, String method, String pool, Mode mode);
}
