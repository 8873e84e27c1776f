// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.hook.HandOff;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import io.tpool.internal.pool.Saturation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A listed method of mode handoff with a pool of its own, as woven code looks: it runs what it is given. */
final class Handed extends OwnPool {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final MethodHandle SELF;

    static {
        try {
            SELF = MethodHandles.lookup()
                    .findVirtual(Handed.class, "call",
                    MethodType.methodType(Object.class, Object.class, Callable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Handed(Pool pool) {
        super(pool, Mode.HANDOFF, pool.name() + "#call()");
    }

    static Handed inPool(int size) {
        return inPool(size, size, 0, Saturation.WAIT);
    }

    static Handed inPool(int size, int max, long stackSize, Saturation saturation) {
        String name = "h" + NUMBERS.incrementAndGet();
        return new Handed(Pools.define(PoolConfig.of(name, size, max).withStackSize(stackSize)
            .withSaturation(saturation)));
    }

    Object call(Callable<?> body) throws Throwable {
        return call(null, body);
    }

    /** The woven method; the monitor is what it would take on entry. */
    Object call(Object monitor, Callable<?> body) throws Throwable {
        if (HandOff.applies(number)) {
            return HandOff.call(number, SELF, monitor, new Object[] {this, monitor, body});
        }
        if (monitor == null) {
            return body.call();
        }
        synchronized (monitor) {
            return body.call();
        }
    }

    /** Whether the current thread is one of this pool's. */
    boolean isCurrent() {
        return Thread.currentThread().getName().startsWith("tpool-" + pool.name() + "-");
    }
}
