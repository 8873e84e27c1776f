// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's usleep through a downcall handle: there is no native method to list, so the caller {@link #nap} is.
 */
public final class ForeignApp {
    private static final MethodHandle USLEEP = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().find("usleep").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final int BLOCK_MICROS = 2_000_000;

    private ForeignApp() {
    }

    public static void main(String[] args) throws Exception {
        int threads = Load.carriers();
        Load.onVirtualThreads(threads, i -> nap(1));
        int[] slept = new int[threads];
        Load.besideBystander(threads, i -> slept[i] = nap(BLOCK_MICROS) + 1);
        for (int i = 0; i < threads; i++) {
            Load.print("slept" + i, slept[i]);
        }
    }

    private static int nap(int micros) {
        try {
            return (int) USLEEP.invokeExact(micros);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
