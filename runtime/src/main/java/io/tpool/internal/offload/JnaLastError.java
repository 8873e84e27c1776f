// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.UnsafeAccess;
import io.tpool.internal.jdk.VirtualThreads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;

/**
 * The error number that JNA keeps of its last native call ({@code com.sun.jna.Native.getLastError}). JNA's native code
 * keeps it on the OS thread. So a call that leaves its carrier takes the number along, and brings the number home that
 * it left.
 *
 * <p>There is one for each woven method whose class mentions JNA; others pay nothing. It keeps no class alive. It never
 * initialises JNA: an application may mention JNA and never use it. A failure leaves the number where it is.
 */
final class JnaLastError {
    /** The answer where JNA is not in use. No error number has more than 32 bits. */
    static final long NONE = Long.MIN_VALUE;

    private static final String NATIVE = "com.sun.jna.Native";

    /** Held by the class itself, for as long as it lives. */
    private static final ClassValue<Access> ACCESS = new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> type) {
            return Access.of(type);
        }
    };

    private record Access(MethodHandle get, MethodHandle set) {
        private static Access of(Class<?> type) {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                return new Access(lookup.findStatic(type, "getLastError", MethodType.methodType(int.class)),
                        lookup.findStatic(type, "setLastError", MethodType.methodType(void.class, int.class)));
            } catch (ReflectiveOperationException otherJna) {
                return new Access(null, null);
            }
        }
    }

    private final WeakReference<ClassLoader> loader;
    private WeakReference<Class<?>> type;
    private WeakReference<Access> access;
    private boolean absent;

    /** @param loader of the woven class */
    JnaLastError(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    /**
     * The number on the current OS thread, or {@link #NONE}. The first reads find and link what they call. Threads that
     * do so at the same time wait for each other, and a virtual thread that unmounts for that would read another OS
     * thread's number. So the thread is pinned.
     */
    long read() {
        boolean pinned = VirtualThreads.pin();
        try {
            Access found = access();
            return found == null ? NONE : (int) found.get().invokeExact();
        } catch (Throwable unable) {
            return NONE;
        } finally {
            if (pinned) {
                VirtualThreads.unpin();
            }
        }
    }

    /** Puts a number on the current OS thread, unless it is {@link #NONE}. */
    void write(long number) {
        if (number == NONE) {
            return;
        }
        try {
            Access found = access();
            if (found != null) {
                found.set().invokeExact((int) number);
            }
        } catch (Throwable unable) {
            // As without the agent after a park: what the call returned is worth more.
        }
    }

    /** Null while JNA is not in use. Races are benign: all find the same. */
    private Access access() throws ReflectiveOperationException {
        WeakReference<Access> known = access;
        if (known != null || absent) {
            return known == null ? null : known.get();
        }
        Class<?> found = type();
        if (found == null || !UnsafeAccess.isInitialized(found)) {
            return null;
        }
        Access made = ACCESS.get(found);
        absent = made.get() == null;
        access = absent ? null : new WeakReference<>(made);
        return absent ? null : made;
    }

    private Class<?> type() {
        WeakReference<Class<?>> known = type;
        if (known != null) {
            return known.get();
        }
        try {
            Class<?> found = Class.forName(NATIVE, false, loader.get());
            type = new WeakReference<>(found);
            return found;
        } catch (ClassNotFoundException | LinkageError noJna) {
            absent = true;
            return null;
        }
    }
}
