// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The place that the runtime's classes, rewritten by {@link FaultAgent}, ask before each call and each allocation. */
public final class Faults {
    private static final int NONE = -1;
    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findStaticVarHandle(Faults.class, "armed", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static volatile int armed = NONE;
    private static volatile Error fault;
    private static volatile boolean inCallersOnly;
    private static volatile String thread;

    private Faults() {
    }

    /** By rewritten code; throws the fault if it is armed for this site, once. */
    public static void at(int site) {
        if (armed == site && (!inCallersOnly || Guinea.isCurrent()) && ARMED.compareAndSet(site, NONE)) {
            thread = Thread.currentThread().getName();
            throw fault;
        }
    }

    static void arm(int site, Error error, boolean onlyInCallers) {
        inCallersOnly = onlyInCallers;
        fault = error;
        thread = null;
        armed = site;
    }

    /** Returns the name of the thread that the fault was thrown in, or null if none came by. */
    static String disarm() {
        armed = NONE;
        return thread;
    }
}
