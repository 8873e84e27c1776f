// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * The search for what {@link VirtualThreads} needs of a JDK. Fields that are {@link UnsafeAccess#NONE} where they are
 * missing may be missing without harm.
 */
final class JdkInternals {
    Class<?> type;
    MethodHandle currentCarrier;
    MethodHandle beginBlocking;
    MethodHandle endBlocking;
    /**
     * What beginBlocking answers where it has done nothing. JDK 21 and 22 answer 0 where they have, and there was no
     * carrier to be had.
     */
    long notAttempted;
    MethodHandle yield;
    /** Null where the package is closed, as is {@link #unpin}. */
    MethodHandle pin;
    MethodHandle unpin;
    long task;
    long scheduler;
    long state;
    long carrier;
    int running;
    int parking;
    long continuation = UnsafeAccess.NONE;
    long chunk = UnsafeAccess.NONE;
    long chunkParent = UnsafeAccess.NONE;
    long chunkSize = UnsafeAccess.NONE;
    long chunkPointer = UnsafeAccess.NONE;
    long threadLocals = UnsafeAccess.NONE;
    long inheritableThreadLocals = UnsafeAccess.NONE;
    long inheritedAccess = UnsafeAccess.NONE;

    private final Lookup lookup = MethodHandles.lookup();

    /** Says what is missing, or null. */
    String find() {
        try {
            PackageOpener.now();
            UnsafeAccess.require();
            findThread();
            findVirtualThread();
            findBlocker();
            findPin();
            findStack();
            return null;
        } catch (Throwable e) {
            return "this JDK (" + System.getProperty("java.vm.version") + ") does not let a virtual thread move: " + e;
        }
    }

    private void findThread() throws Throwable {
        Lookup in = MethodHandles.privateLookupIn(Thread.class, lookup);
        currentCarrier = in.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
        threadLocals = UnsafeAccess.offset(Thread.class, "threadLocals");
        inheritableThreadLocals = UnsafeAccess.offset(Thread.class, "inheritableThreadLocals");
        try {
            inheritedAccess = UnsafeAccess.offset(Thread.class, "inheritedAccessControlContext");
        } catch (InternalError absentSince24) {
            inheritedAccess = UnsafeAccess.NONE;
        }
    }

    private void findVirtualThread() throws Throwable {
        Class<?> made = Thread.ofVirtual().unstarted(new Thread()).getClass();
        type = Class.forName("java.lang.VirtualThread", false, null);
        if (made != type) {
            throw new UnsupportedOperationException("virtual threads are bound to platform threads");
        }
        Lookup in = MethodHandles.privateLookupIn(type, lookup);
        in.findGetter(type, "runContinuation", Runnable.class);   // throws if it has another type
        task = UnsafeAccess.offset(type, "runContinuation");
        in.findGetter(type, "scheduler", Executor.class);
        scheduler = UnsafeAccess.offset(type, "scheduler");
        in.findGetter(type, "state", int.class);
        state = UnsafeAccess.offset(type, "state");
        in.findGetter(type, "carrierThread", Thread.class);
        carrier = UnsafeAccess.offset(type, "carrierThread");
        running = constant(in, "RUNNING");
        parking = constant(in, "PARKING");
        yield = in.findVirtual(type, "yieldContinuation", MethodType.methodType(boolean.class))
                .asType(MethodType.methodType(boolean.class, Object.class));
    }

    private int constant(Lookup in, String name) throws Throwable {
        return (int) in.findStaticGetter(type, name, int.class).invoke();
    }

    private void findBlocker() throws Throwable {
        Class<?> blocker = Class.forName("jdk.internal.misc.Blocker");
        Lookup in = MethodHandles.privateLookupIn(blocker, lookup);
        Class<?> token = Runtime.version().feature() >= 23 ? boolean.class : long.class;
        notAttempted = token == boolean.class ? 0 : -1;
        beginBlocking = MethodHandles.explicitCastArguments(
                in.findStatic(blocker, "begin", MethodType.methodType(token)), MethodType.methodType(long.class));
        endBlocking = MethodHandles.explicitCastArguments(
                in.findStatic(blocker, "end", MethodType.methodType(void.class, token)),
                MethodType.methodType(void.class, long.class));
    }

    private void findPin() throws NoSuchMethodException, ClassNotFoundException {
        Class<?> mounted = Class.forName("jdk.internal.vm.Continuation");
        try {
            pin = lookup.findStatic(mounted, "pin", MethodType.methodType(void.class));
            unpin = lookup.findStatic(mounted, "unpin", MethodType.methodType(void.class));
        } catch (IllegalAccessException closed) {
            pin = null;
        }
    }

    private void findStack() throws Throwable {
        try {
            continuation = UnsafeAccess.offset(type, "cont");
            chunk = UnsafeAccess.offset(Class.forName("jdk.internal.vm.Continuation"), "tail");
            Class<?> stack = Class.forName("jdk.internal.vm.StackChunk");
            chunkParent = UnsafeAccess.offset(stack, "parent");
            chunkSize = UnsafeAccess.offset(stack, "size");
            chunkPointer = UnsafeAccess.offset(stack, "sp");
        } catch (ClassNotFoundException | InternalError absent) {
            chunkPointer = UnsafeAccess.NONE;
        }
    }
}
