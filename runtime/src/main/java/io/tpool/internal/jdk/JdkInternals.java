package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * The search for what {@link VirtualThreads} needs of a JDK; those pieces that are looked for last may be missing
 * without harm.
 */
final class JdkInternals {
    static final long NONE = -1;

    Class<?> type;
    MethodHandle getReference;
    MethodHandle putReference;
    MethodHandle getInt;
    MethodHandle currentCarrier;
    MethodHandle beginBlocking;
    MethodHandle endBlocking;
    /**
     * What beginBlocking answers where it has done nothing. JDK 21 and 22 answer 0 where they have, and there was no
     * carrier to be had.
     */
    long notAttempted;
    MethodHandle putInt;
    MethodHandle yield;
    /** Null where this JDK does not tell. */
    MethodHandle shouldBeInitialized;
    long task;
    long scheduler;
    long state;
    long carrier;
    int running;
    int parking;
    long continuation = NONE;
    long chunk = NONE;
    long chunkParent = NONE;
    long chunkSize = NONE;
    long chunkPointer = NONE;
    long threadLocals = NONE;
    long inheritableThreadLocals = NONE;
    long inheritedAccess = NONE;

    private final Lookup lookup = MethodHandles.lookup();
    private MethodHandle fieldOffset;

    /** Says what is missing, or null. */
    String find() {
        try {
            PackageOpener.now();
            findUnsafe();
            findThread();
            findVirtualThread();
            findBlocker();
            findStack();
            return null;
        } catch (Throwable e) {
            return "this JDK (" + System.getProperty("java.vm.version") + ") does not let a virtual thread move: " + e;
        }
    }

    private void findUnsafe() throws Throwable {
        Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
        Lookup in = MethodHandles.privateLookupIn(unsafe, lookup);
        Object instance = in.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe)).invoke();
        fieldOffset = in.findVirtual(unsafe, "objectFieldOffset",
                MethodType.methodType(long.class, Class.class, String.class)).bindTo(instance);
        getReference = in.findVirtual(unsafe, "getReference",
                MethodType.methodType(Object.class, Object.class, long.class)).bindTo(instance);
        putReference = in.findVirtual(unsafe, "putReference",
                MethodType.methodType(void.class, Object.class, long.class, Object.class)).bindTo(instance);
        getInt = in.findVirtual(unsafe, "getIntVolatile",
                MethodType.methodType(int.class, Object.class, long.class)).bindTo(instance);
        putInt = in.findVirtual(unsafe, "putIntVolatile",
                MethodType.methodType(void.class, Object.class, long.class, int.class)).bindTo(instance);
        try {
            shouldBeInitialized = in.findVirtual(unsafe, "shouldBeInitialized",
                    MethodType.methodType(boolean.class, Class.class)).bindTo(instance);
        } catch (NoSuchMethodException absent) {
            shouldBeInitialized = null;
        }
    }

    private void findThread() throws Throwable {
        Lookup in = MethodHandles.privateLookupIn(Thread.class, lookup);
        currentCarrier = in.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
        threadLocals = offset(Thread.class, "threadLocals");
        inheritableThreadLocals = offset(Thread.class, "inheritableThreadLocals");
        try {
            inheritedAccess = offset(Thread.class, "inheritedAccessControlContext");
        } catch (InternalError absentSince24) {
            inheritedAccess = NONE;
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
        task = offset(type, "runContinuation");
        in.findGetter(type, "scheduler", Executor.class);
        scheduler = offset(type, "scheduler");
        in.findGetter(type, "state", int.class);
        state = offset(type, "state");
        in.findGetter(type, "carrierThread", Thread.class);
        carrier = offset(type, "carrierThread");
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

    private void findStack() throws Throwable {
        try {
            continuation = offset(type, "cont");
            chunk = offset(Class.forName("jdk.internal.vm.Continuation"), "tail");
            Class<?> stack = Class.forName("jdk.internal.vm.StackChunk");
            chunkParent = offset(stack, "parent");
            chunkSize = offset(stack, "size");
            chunkPointer = offset(stack, "sp");
        } catch (ClassNotFoundException | InternalError absent) {
            chunkPointer = NONE;
        }
    }

    private long offset(Class<?> owner, String field) throws Throwable {
        return (long) fieldOffset.invokeExact(owner, field);
    }
}
