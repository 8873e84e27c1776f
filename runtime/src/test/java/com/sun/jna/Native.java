// SPDX-License-Identifier: Apache-2.0
package com.sun.jna;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.offload.JnaLastErrorTest;

/** Stands in for JNA's class of that name, as far as tpool uses it. */
public final class Native {
    private static int lastError;

    static {
        JnaLastErrorTest.jnaIsInUse = true;
    }

    private Native() {
    }

    public static int getLastError() {
        JnaLastErrorTest.unmounted = Thread.currentThread().isVirtual()
                && VirtualThreads.unmounts(Thread.currentThread());
        return lastError;
    }

    public static void setLastError(int code) {
        lastError = code;
    }
}
