// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;

/**
 * The public view of the scheduler, {@code jdk.management.VirtualThreadSchedulerMXBean}, from JDK 24. By method
 * handles, because this code is compiled for 21. Its classes may be missing in an image: whoever makes one
 * survives every Throwable.
 */
final class SchedulerBean {
    private static final String TYPE = "jdk.management.VirtualThreadSchedulerMXBean";

    private final MethodHandle parallelism;
    private final MethodHandle changeParallelism;
    private final MethodHandle mounted;
    private final MethodHandle queued;

    SchedulerBean() throws Throwable {
        Class<? extends PlatformManagedObject> type = Class.forName(TYPE).asSubclass(PlatformManagedObject.class);
        Object bean = ManagementFactory.getPlatformMXBean(type);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        parallelism = lookup.findVirtual(type, "getParallelism", MethodType.methodType(int.class)).bindTo(bean);
        changeParallelism =
                lookup.findVirtual(type, "setParallelism", MethodType.methodType(void.class, int.class)).bindTo(bean);
        mounted = lookup.findVirtual(type, "getMountedVirtualThreadCount", MethodType.methodType(int.class))
                .bindTo(bean);
        queued = lookup.findVirtual(type, "getQueuedVirtualThreadCount", MethodType.methodType(long.class))
                .bindTo(bean);
    }

    int parallelism() throws Throwable {
        return (int) parallelism.invokeExact();
    }

    void parallelism(int wanted) throws Throwable {
        changeParallelism.invokeExact(wanted);
    }

    int mounted() throws Throwable {
        return (int) mounted.invokeExact();
    }

    /** Virtual threads that wait for a carrier; negative if unknown. */
    long queued() throws Throwable {
        return (long) queued.invokeExact();
    }
}
