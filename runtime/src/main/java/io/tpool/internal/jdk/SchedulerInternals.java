// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The search for what {@link SchedulerAccess} needs of a JDK. What {@link #findOptional} looks for may be missing
 * without harm.
 */
final class SchedulerInternals {
    ForkJoinPool pool;
    MethodHandle signalWork;
    MethodHandle stackOfMounted;
    /** {@code (Object queue) -> ForkJoinTask}. */
    MethodHandle poll;
    /** {@code (Object queue, Object newest) -> boolean}. */
    MethodHandle removeNewest;
    long tasks = UnsafeAccess.NONE;
    long queues;
    long owner;
    long base;
    long top;
    long steals;
    long continuation;
    long parallelism = UnsafeAccess.NONE;
    long control = UnsafeAccess.NONE;
    long compensating = UnsafeAccess.NONE;
    int compensated;
    boolean compensatingIsBoolean;
    long target = UnsafeAccess.NONE;
    Class<?> targetType;
    long virtualThread = UnsafeAccess.NONE;
    Class<?> linker;
    /** True if there is no scheduler to look at, whatever this JDK shows. */
    boolean none;

    private final Lookup lookup = MethodHandles.lookup();

    /** Says what is missing, or null. */
    String find() {
        try {
            PackageOpener.now();
            Class<?> type = Class.forName("java.lang.VirtualThread", false, null);
            if (Thread.ofVirtual().unstarted(() -> { }).getClass() != type) {
                none = true;
                return "virtual threads of this JVM are bound to platform threads";
            }
            UnsafeAccess.require();
            Object scheduler = defaultScheduler(type);
            if (!(scheduler instanceof ForkJoinPool known) || scheduler.getClass() != ForkJoinPool.class) {
                none = true;
                return "virtual threads of this JVM have a scheduler of their own, " + scheduler.getClass().getName();
            }
            pool = known;
            findQueues();
        } catch (Throwable e) {
            return "this JDK (" + System.getProperty("java.vm.version") + ") does not show its carriers: " + e;
        }
        findOptional();
        return null;
    }

    private Object defaultScheduler(Class<?> type) throws Throwable {
        Lookup in = MethodHandles.privateLookupIn(type, lookup);
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals("DEFAULT_SCHEDULER") || field.getName().equals("BUILTIN_SCHEDULER")) {
                return in.findStaticGetter(type, field.getName(), field.getType()).invoke();
            }
        }
        throw new NoSuchFieldException("VirtualThread.DEFAULT_SCHEDULER");
    }

    private void findQueues() throws Throwable {
        Class<?> queue = Class.forName("java.util.concurrent.ForkJoinPool$WorkQueue", false, null);
        queues = UnsafeAccess.offset(ForkJoinPool.class, "queues", queue.arrayType());
        owner = UnsafeAccess.offset(queue, "owner", ForkJoinWorkerThread.class);
        base = UnsafeAccess.offset(queue, "base", int.class);
        top = UnsafeAccess.offset(queue, "top", int.class);
        steals = UnsafeAccess.offset(queue, "nsteals", int.class);
        Class<?> mounted = Class.forName("jdk.internal.vm.Continuation", false, null);
        continuation = UnsafeAccess.offset(Thread.class, "cont", mounted);
    }

    private void findOptional() {
        try {
            signalWork = MethodHandles.privateLookupIn(ForkJoinPool.class, lookup)
                    .findVirtual(ForkJoinPool.class, "signalWork", MethodType.methodType(void.class));
        } catch (Throwable absent) {
            signalWork = null;
        }
        try {
            parallelism = UnsafeAccess.offset(ForkJoinPool.class, "parallelism", int.class);
        } catch (Throwable absent) {
            parallelism = UnsafeAccess.NONE;
        }
        try {
            control = UnsafeAccess.offset(ForkJoinPool.class, "ctl", long.class);
        } catch (Throwable absent) {
            control = UnsafeAccess.NONE;
        }
        findPoll();
        findRemoval();
        findCompensation();
        findMounted();
    }

    /** The way in which others take from a queue: with the pool as a parameter at first, without it since. */
    private void findPoll() {
        MethodType type = MethodType.methodType(ForkJoinTask.class, Object.class);
        try {
            Class<?> queue = Class.forName("java.util.concurrent.ForkJoinPool$WorkQueue", false, null);
            Lookup in = MethodHandles.privateLookupIn(queue, lookup);
            for (Method method : queue.getDeclaredMethods()) {
                if (method.getName().equals("poll") && method.getParameterCount() <= 1) {
                    MethodHandle found = in.unreflect(method);
                    poll = (method.getParameterCount() == 0 ? found : MethodHandles.insertArguments(found, 1, pool))
                            .asType(type);
                }
            }
        } catch (Throwable absent) {
            poll = null;
        }
    }

    /** The way in which a thread that is no carrier takes back what was submitted last. */
    private void findRemoval() {
        try {
            Class<?> queue = Class.forName("java.util.concurrent.ForkJoinPool$WorkQueue", false, null);
            MethodHandle found = MethodHandles.privateLookupIn(queue, lookup).findVirtual(queue, "tryUnpush",
                    MethodType.methodType(boolean.class, ForkJoinTask.class, boolean.class));
            tasks = UnsafeAccess.offset(queue, "array", ForkJoinTask[].class);
            removeNewest = MethodHandles.insertArguments(found, 2, false)
                    .asType(MethodType.methodType(boolean.class, Object.class, Object.class));
        } catch (Throwable absent) {
            removeNewest = null;
        }
    }

    /**
     * Whether {@code jdk.internal.misc.Blocker} has already made up for a carrier: a flag up to JDK 22, a state
     * since.
     */
    private void findCompensation() {
        try {
            Class<?> carrier = Class.forName("jdk.internal.misc.CarrierThread", false, null);
            Field field = field(carrier, "compensating", "blocking");
            compensatingIsBoolean = field.getType() == boolean.class;
            compensated = compensatingIsBoolean ? 0 : (int) MethodHandles.privateLookupIn(carrier, lookup)
                    .findStaticGetter(carrier, "COMPENSATING", int.class).invoke();
            compensating = UnsafeAccess.offset(field);
        } catch (Throwable absent) {
            compensating = UnsafeAccess.NONE;
        }
    }

    private static Field field(Class<?> type, String... names) throws NoSuchFieldException {
        for (Field field : type.getDeclaredFields()) {
            for (String name : names) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(type.getName() + "." + names[0]);
    }

    /**
     * From a continuation to its virtual thread: the continuation's target is a local class that has captured the
     * thread.
     */
    private void findMounted() {
        try {
            Class<?> thread = Class.forName("java.lang.VirtualThread", false, null);
            targetType = Class.forName("java.lang.VirtualThread$VThreadContinuation$1", false, null);
            for (Field field : targetType.getDeclaredFields()) {
                if (field.getType() == thread) {
                    virtualThread = UnsafeAccess.offset(field);
                }
            }
            Class<?> mounted = Class.forName("jdk.internal.vm.Continuation", false, null);
            target = UnsafeAccess.offset(mounted, "target", Runnable.class);
        } catch (Throwable absent) {
            target = UnsafeAccess.NONE;
        }
        try {
            linker = Class.forName("jdk.internal.foreign.abi.AbstractLinker", false, null);
        } catch (Throwable absent) {
            linker = null;
        }
        try {
            stackOfMounted = MethodHandles.privateLookupIn(Thread.class, lookup).findSpecial(Thread.class,
                    "asyncGetStackTrace", MethodType.methodType(StackTraceElement[].class), Thread.class);
        } catch (Throwable absent) {
            stackOfMounted = null;
        }
    }
}
